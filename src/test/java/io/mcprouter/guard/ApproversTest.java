package io.mcprouter.guard;

import static io.mcprouter.guard.Approving.CAN_ASK;
import static io.mcprouter.guard.Approving.ELICITATION;
import static io.mcprouter.guard.Approving.decide;
import static io.mcprouter.guard.Approving.theOne;
import static io.mcprouter.guard.Approving.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcprouter.testkit.Api;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.ProxyUsers;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ScriptedTools;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nobody sees or decides a call that is not theirs to decide. */
class ApproversTest {
  private static final ScriptedTools SERVER = new ScriptedTools(South.HTTP);

  private static RouterUnderTest router;

  @BeforeAll
  static void start() {
    SERVER.tool("pay", Guarded.UNKNOWN, call -> call.text("paid"));
    router =
        RouterUnderTest.start(
            new ServersFile()
                .with("own", SERVER.entry("\"approval\""))
                .with(
                    "four-eyes", SERVER.entry("[{\"approval\":{\"approver\":\"administrator\"}}]")),
            ProxyUsers.settings());
  }

  @AfterAll
  static void stop() {
    router.close();
    SERVER.close();
  }

  private static McpClient client(String server, String user, String... roles) {
    return ProxyUsers.client(router, user, roles).server(server).capabilities(CAN_ASK).connect();
  }

  private static Api api(String user, String... roles) {
    return ProxyUsers.api(router, user, roles);
  }

  @Test
  void another_user_neither_sees_a_call_nor_decides_it() {
    try (McpClient ann = client("own", "ann")) {
      McpClient.Pending call = ann.start("pay", "{}");
      JsonNode approval = theOne(api("ann"));

      assertThat(waiting(api("bob"))).isEmpty();
      Api.Answer refused = decide(api("bob"), approval, "approve");
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.at("/code")).isEqualTo("no-such-approval");
      assertThat(api("bob").post("/api/approvals/1", "{\"decision\":\"approve\"}").body())
          .isEqualTo(refused.body().replace(approval.path("id").asText(), "1"));
      assertThat(call.isOpen()).isTrue();

      decide(api("ann"), approval, "approve");
      assertThat(call.reply().text()).isEqualTo("paid");
      assertThat(decide(api("bob"), approval, "approve").status()).isEqualTo(404);
      assertThat(decide(api("ann"), approval, "approve").status()).isEqualTo(409);
    }
  }

  @Test
  void an_administrator_sees_and_decides_the_calls_of_all() {
    try (McpClient cid = client("own", "cid")) {
      McpClient.Pending call = cid.start("pay", "{}");
      JsonNode approval = theOne(api("root", "admin"));

      assertThat(approval.path("user").asText()).isEqualTo("cid");
      assertThat(decide(api("root", "admin"), approval, "approve").status()).isEqualTo(204);
      assertThat(call.reply().text()).isEqualTo("paid");
    }
    JsonNode entry =
        await()
            .until(
                () ->
                    api("root", "admin")
                        .get("/api/audit?user=root&action=approvals.decide")
                        .json()
                        .path("entries"),
                found -> !found.isEmpty())
            .get(0);
    assertThat(entry.path("details").asText()).contains("'pay' by user 'cid'");
  }

  @Test
  void where_an_administrator_decides_the_caller_does_not() {
    try (McpClient eve = client("four-eyes", "eve")) {
      McpClient.Pending call = eve.start("pay", "{}");
      JsonNode approval = theOne(api("root", "admin"));

      assertThat(approval.path("approver").asText()).isEqualTo("administrator");
      assertThat(waiting(api("eve"))).isEmpty();
      assertThat(decide(api("eve"), approval, "approve").status()).isEqualTo(404);
      assertThat(decide(api("root", "admin"), approval, "approve").status()).isEqualTo(204);
      assertThat(call.reply().text()).isEqualTo("paid");
      assertThat(eve.received(ELICITATION)).isEmpty();
    }
  }

  @Test
  void an_administrator_does_not_decide_their_own_call_where_two_must() {
    try (McpClient root = client("four-eyes", "root", "admin")) {
      McpClient.Pending call = root.start("pay", "{}");
      JsonNode approval = theOne(api("chief", "admin"));

      assertThat(waiting(api("root", "admin"))).isEmpty();
      assertThat(decide(api("root", "admin"), approval, "approve").status()).isEqualTo(404);
      decide(api("chief", "admin"), approval, "decline");
      Approving.assertRefused(call.reply(), "declined");
    }
  }
}
