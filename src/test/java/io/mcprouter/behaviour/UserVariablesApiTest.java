package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.testkit.Api;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A user's own values: saved, used, revoked, and never shown. */
class UserVariablesApiTest {
  private static RouterUnderTest router;

  @BeforeAll
  static void start() {
    ObjectNode tickets = Peer.behaviour(South.STDIO).entry();
    tickets.withObject("/env").put("TICKETS_KEY", "{{TICKETS_KEY}}").put("PLACE", "{{PLACE}}");
    tickets
        .putObject("customUserVars")
        .putObject("TICKETS_KEY")
        .put("title", "Key for tickets")
        .put(
            "description",
            "From <a href=\"https://tickets.example.com\" onclick=\"x()\">your profile</a>"
                + "<script>alert(1)</script>");
    tickets.withObject("/customUserVars/PLACE").put("title", "Place").put("sensitive", false);
    router =
        RouterUnderTest.start(
            new ServersFile()
                .with("tickets", tickets)
                .with("plain", Peer.behaviour(South.STDIO).entry()));
  }

  @AfterAll
  static void stop() {
    router.close();
  }

  private static Api api(String user) {
    return Api.of(router, "X-MCP-User-Id", user);
  }

  @Test
  void variables_are_listed_with_whether_they_are_set_and_safe_descriptions() {
    Api.Answer answer = api("lister").get("/api/servers/tickets/variables");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("/variables/0/name")).isEqualTo("TICKETS_KEY");
    assertThat(answer.at("/variables/0/title")).isEqualTo("Key for tickets");
    assertThat(answer.json().at("/variables/0/set").asBoolean()).isFalse();
    assertThat(answer.at("/variables/0/description"))
        .contains("https://tickets.example.com")
        .doesNotContain("script", "onclick");
  }

  @Test
  void what_is_missing_withholds_the_server_with_a_status_that_lists_it() {
    Api.Answer status = api("newcomer").get("/api/servers/tickets/status");
    assertThat(status.at("/status")).isEqualTo("missing_variables");
    assertThat(status.json().at("/missingVariables").toString())
        .isEqualTo("[\"PLACE\",\"TICKETS_KEY\"]");
    assertThat(status.body()).doesNotContain("/api/servers");
  }

  @Test
  void a_value_is_saved_used_and_revoked_and_never_shown() {
    Api ada = api("ada");
    Api.Answer saved =
        ada.put(
            "/api/servers/tickets/variables",
            "{\"TICKETS_KEY\":\"s3cr3t-ada\",\"PLACE\":\"here\"}");
    assertThat(saved.status()).as(saved.body()).isEqualTo(200);
    assertThat(saved.json().at("/variables/0/set").asBoolean()).isTrue();
    assertThat(saved.body()).doesNotContain("s3cr3t-ada");

    Api.Answer connected = ada.post("/api/servers/tickets/reinitialize");
    assertThat(connected.json().at("/success").asBoolean()).as(connected.body()).isTrue();
    assertThat(connected.at("/connection/status")).isEqualTo("connected");
    assertThat(ada.get("/api/servers").body()).doesNotContain("s3cr3t-ada");

    Api.Answer revoked = ada.delete("/api/servers/tickets/variables/TICKETS_KEY");
    assertThat(revoked.json().at("/variables/0/set").asBoolean()).isFalse();
    await()
        .untilAsserted(
            () ->
                assertThat(ada.get("/api/servers/tickets/status").at("/status"))
                    .isEqualTo("missing_variables"));
    Api.Answer refused = ada.post("/api/servers/tickets/initialize");
    assertThat(refused.json().at("/success").asBoolean()).isFalse();
    assertThat(refused.at("/failureReason")).isEqualTo("variables_missing");
    assertThat(refused.at("/message")).contains("TICKETS_KEY").doesNotContain("PLACE");
  }

  @Test
  void a_call_uses_the_value_and_without_it_says_what_is_missing() {
    Api bo = api("bo");
    bo.put("/api/servers/tickets/variables", "{\"TICKETS_KEY\":\"key-of-bo\",\"PLACE\":\"x\"}");
    try (McpClient client = McpClient.of(router).user("bo").connect()) {
      assertThat(client.say("tickets__env", "{\"name\":\"TICKETS_KEY\"}")).contains("key-of-bo");
      bo.put("/api/servers/tickets/variables", "{\"TICKETS_KEY\":\"new-key\"}");
      assertThat(client.say("tickets__env", "{\"name\":\"TICKETS_KEY\"}")).contains("new-key");
      bo.delete("/api/servers/tickets/variables");
      await()
          .untilAsserted(() -> assertThat(client.tools()).noneMatch(t -> t.startsWith("tickets")));
    }
    try (McpClient client = McpClient.of(router).server("tickets").user("bo").connect()) {
      assertThat(client.initialized().isError()).isTrue();
      assertThat(client.initialized().raw()).contains("TICKETS_KEY", "PLACE");
    }
  }

  @Test
  void only_declared_names_are_taken() {
    Api.Answer refused =
        api("eve").put("/api/servers/tickets/variables", "{\"LIBRECHAT_USER_EMAIL\":\"a@b.c\"}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.at("/code")).isEqualTo("variable-refused");
    assertThat(api("eve").put("/api/servers/tickets/variables", "{\"OTHER\":\"x\"}").status())
        .isEqualTo(400);
  }

  @Test
  void a_value_that_is_none_is_refused_with_what_to_do() {
    Api.Answer refused = api("eve").put("/api/servers/tickets/variables", "{\"PLACE\":null}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.at("/code")).isEqualTo("variable-refused");
    assertThat(refused.at("/detail")).contains("revoke");
    assertThat(api("eve").post("/api/keys", "{\"label\":\"l\",\"scopes\":[null]}").at("/code"))
        .isEqualTo("key-refused");
  }

  @Test
  void a_change_that_would_overwrite_another_is_refused() {
    Api dan = api("dan");
    long version = dan.get("/api/servers/tickets/variables").json().at("/version").asLong();
    dan.put("/api/servers/tickets/variables?version=" + version, "{\"PLACE\":\"one\"}");
    assertThat(
            dan.put("/api/servers/tickets/variables?version=" + version, "{\"PLACE\":\"two\"}")
                .status())
        .isEqualTo(409);
  }

  @Test
  void one_users_values_are_not_anothers() {
    api("fay").put("/api/servers/tickets/variables", "{\"PLACE\":\"there\"}");
    assertThat(
            api("gil")
                .get("/api/servers/tickets/variables")
                .json()
                .at("/variables/1/set")
                .asBoolean())
        .isFalse();
  }

  @Test
  void a_form_of_another_page_changes_nothing() {
    Api foreign = api("hal").with("Origin", "https://evil.example.com");
    assertThat(foreign.put("/api/servers/tickets/variables", "{\"PLACE\":\"x\"}").status())
        .isEqualTo(403);
    assertThat(foreign.post("/api/servers/plain/reinitialize").status()).isEqualTo(403);
  }

  @Test
  void reading_a_status_connects_nothing() {
    Api ida = api("ida");
    assertThat(ida.get("/api/servers/plain/status").at("/status")).isEqualTo("disconnected");
    assertThat(ida.get("/api/servers/plain/status").at("/status")).isEqualTo("disconnected");
    assertThat(ida.post("/api/servers/plain/initialize").at("/connection/status"))
        .isEqualTo("connected");
  }

  @Test
  void an_unknown_server_is_not_found() {
    assertThat(api("jo").get("/api/servers/nothing/status").status()).isEqualTo(404);
  }
}
