package io.mcprouter.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcprouter.testkit.Api;
import io.mcprouter.testkit.Message;

/** What people and programs do over calls that wait. */
final class Approving {
  static final String ELICITATION = "elicitation/create";
  static final String CAN_ASK = "{\"elicitation\":{}}";
  static final String ACCEPT = "{\"action\":\"accept\",\"content\":{}}";

  private Approving() {}

  /** The calls that wait for a user. */
  static JsonNode waiting(Api api) {
    Api.Answer answer = api.get("/api/approvals");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  /** The only call that waits for a user, once it does. */
  static JsonNode theOne(Api api) {
    return await().until(() -> waiting(api), found -> found.size() == 1).get(0);
  }

  static Api.Answer decide(Api api, JsonNode approval, String decision) {
    return api.post(
        "/api/approvals/" + approval.path("id").asText(), "{\"decision\":\"" + decision + "\"}");
  }

  static void assertRefused(Message reply, String why) {
    assertThat(reply.result().path("isError").asBoolean()).as("%s", reply).isTrue();
    assertThat(reply.result().path("_meta").path("io.mcprouter/guardrail").asText())
        .isEqualTo("approval");
    assertThat(reply.text()).contains(why, "Nothing was done");
  }
}
