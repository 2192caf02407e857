package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.credential.AuditFilter;
import io.mcprouter.credential.AuditLog;
import io.mcprouter.testkit.Api;
import io.mcprouter.testkit.FourServers;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.North;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.ProxyUsers;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import io.mcprouter.testkit.auth.Browser;
import io.mcprouter.testkit.auth.ProtectedMcpServer;
import io.mcprouter.testkit.auth.ScriptedAuthorizationServer;
import java.net.URI;
import java.util.List;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who did what, as users and administrators read it. */
@ExtendWith(FourServers.class)
class AuditTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String TRACEPARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

  private static List<JsonNode> entries(Api api, String query) {
    Api.Answer answer = api.get("/api/audit" + query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return StreamSupport.stream(answer.json().get("entries").spliterator(), false).toList();
  }

  /** The log is written behind the calls. */
  private static List<JsonNode> await(Api api, String query, int count) {
    return Awaitility.await().until(() -> entries(api, query), found -> found.size() >= count);
  }

  private static String line(JsonNode entry) {
    return "%s %s %s %s %s"
        .formatted(
            entry.at("/source").asText(),
            entry.at("/action").asText(),
            entry.at("/tool").asText(),
            entry.at("/outcome").asText(),
            entry.at("/errorCode").asText());
  }

  @ParameterizedTest
  @EnumSource
  void every_call_is_entered_whatever_the_transport(South south, FourServers.Running running) {
    String user = "audited-" + south;
    Api api = Api.of(running.router(), "X-MCP-User-Id", user);
    try (McpClient client = running.client(south).user(user).connect()) {
      client.call("echo", "{\"message\":\"hidden-words\"}");
      client.call("fail", "{\"message\":\"hidden-words\"}");
      client.call("throw", "{\"message\":\"hidden-words\"}");
      client.ask("resources/read", "{\"uri\":\"test://item/hidden-words\"}");
      client.ask("prompts/get", "{\"name\":\"greet\",\"arguments\":{\"name\":\"hidden-words\"}}");
      client.tools();
    }
    List<JsonNode> found = await(api, "?user=" + user, 5);
    assertThat(found)
        .extracting(AuditTest::line)
        .containsExactly(
            "LOCAL prompts/get greet ok ",
            "LOCAL resources/read  ok ",
            "LOCAL tools/call throw error -32050",
            "LOCAL tools/call fail tool_error ",
            "LOCAL tools/call echo ok ");
    assertThat(found)
        .allSatisfy(
            entry -> {
              assertThat(entry.get("server").asText()).isEqualTo(south.server());
              assertThat(entry.get("user").asText()).isEqualTo(user);
              assertThat(entry.get("durationMillis").asDouble()).isPositive();
              assertThat(entry.get("traceId").asText()).matches("[0-9a-f]{32}");
              assertThat(entry.toString()).doesNotContain("hidden-words");
            });
  }

  @Test
  void a_call_is_entered_by_the_servers_own_name_and_under_the_clients_trace(
      FourServers.Running running) {
    Api api = Api.of(running.router(), "X-MCP-User-Id", "tracer");
    try (McpClient posts =
            McpClient.of(running.router())
                .user("tracer")
                .header("traceparent", TRACEPARENT)
                .connect();
        McpClient socket =
            McpClient.of(running.router()).over(North.WEBSOCKET).user("tracer").connect()) {
      posts.call("http__echo", "{\"message\":\"x\"}");
      socket.ask(
          "tools/call",
          "{\"name\":\"http__fail\",\"arguments\":{},\"_meta\":{\"traceparent\":\"%s\"}}"
              .formatted(TRACEPARENT));
    }
    List<JsonNode> found = await(api, "?user=tracer", 2);
    assertThat(found).extracting(entry -> entry.get("tool").asText()).contains("echo", "fail");
    assertThat(found).allMatch(entry -> entry.get("traceId").asText().equals(TRACE));
  }

  @Test
  void what_is_refused_before_it_reaches_a_server_is_entered_too(FourServers.Running running) {
    Api api = Api.of(running.router(), "X-MCP-User-Id", "denied");
    try (McpClient client = McpClient.of(running.router()).user("denied").connect()) {
      client.call("nobody__tool");
      client.ask("resources/read", "{\"uri\":\"nobody://hidden-words\"}");
    }
    List<JsonNode> found = await(api, "?user=denied&outcome=refused", 2);
    assertThat(found)
        .extracting(AuditTest::line)
        .containsExactly(
            "LOCAL resources/read  refused -32002", "LOCAL tools/call nobody__tool refused -32602");
    assertThat(found).noneMatch(entry -> entry.toString().contains("hidden-words"));
  }

  @Test
  void filters_and_pages_lead_through_the_log(FourServers.Running running) {
    Api api = Api.of(running.router(), "X-MCP-User-Id", "reader");
    try (McpClient client = running.client(South.HTTP).user("reader").connect()) {
      for (int i = 0; i < 3; i++) {
        client.call("echo", "{\"message\":\"x\"}");
      }
      client.call("fail", "{}");
    }
    await(api, "?user=reader", 4);
    assertThat(entries(api, "?user=reader&outcome=tool_error")).hasSize(1);
    assertThat(entries(api, "?user=reader&tool=echo&server=http&action=tools/call")).hasSize(3);
    assertThat(entries(api, "?user=reader&until=2020-01-01T00:00:00Z")).isEmpty();
    Api.Answer first = api.get("/api/audit?user=reader&size=3");
    assertThat(first.json().get("entries")).hasSize(3);
    assertThat(entries(api, "?user=reader&size=3&page=" + first.at("/next"))).hasSize(1);
    for (String wrong :
        List.of("page=!!", "size=0", "size=x", "from=yesterday", "aktion=tools/call")) {
      Api.Answer refused = api.get("/api/audit?" + wrong);
      assertThat(refused.status()).as(wrong).isEqualTo(400);
      assertThat(refused.at("/detail"))
          .as(wrong)
          .containsAnyOf("page", "size", "2026-01-01T", "aktion");
    }
  }

  @Test
  void users_see_their_own_entries_and_administrators_all() {
    ServersFile file = new ServersFile().with("plain", Peer.behaviour(South.STDIO).entry());
    try (RouterUnderTest router = RouterUnderTest.start(file, ProxyUsers.settings())) {
      for (String user : List.of("ada", "bo")) {
        try (McpClient client = ProxyUsers.client(router, user).server("plain").connect()) {
          client.call("echo", "{\"message\":\"x\"}");
        }
      }
      Api admin = ProxyUsers.api(router, "root", "admin");
      await(admin, "", 2);
      assertThat(entries(admin, "?user=bo")).hasSize(1);
      Api ada = ProxyUsers.api(router, "ada", "support");
      assertThat(entries(ada, ""))
          .extracting(entry -> entry.get("user").asText())
          .containsOnly("ada");
      assertThat(entries(ada, "?user=bo"))
          .extracting(entry -> entry.get("user").asText())
          .containsOnly("ada");
      assertThat(Api.of(router).get("/api/audit").status()).isEqualTo(401);
    }
  }

  @Test
  void what_users_do_over_the_api_is_entered_and_no_value() {
    ObjectNode tickets = Peer.behaviour(South.STDIO).entry();
    tickets.withObject("/env").put("TICKETS_KEY", "{{TICKETS_KEY}}");
    tickets.withObject("/customUserVars/TICKETS_KEY").put("title", "Key");
    try (RouterUnderTest router =
        RouterUnderTest.start(new ServersFile().with("tickets", tickets))) {
      Api ada = Api.of(router, "X-MCP-User-Id", "ada");
      ada.post("/api/servers/tickets/initialize");
      ada.put("/api/servers/tickets/variables", "{\"TICKETS_KEY\":\"hidden-words\"}");
      ada.put("/api/servers/tickets/variables", "{\"hidden-words\":\"x\"}");
      ada.delete("/api/servers/tickets/variables/TICKETS_KEY");
      Api.Answer key = ada.post("/api/keys", "{\"label\":\"laptop\"}");
      String id = key.at("/details/id");
      ada.delete("/api/keys/" + id);
      ada.delete("/api/keys/" + key.at("/key")); // a slip that must not enter the key
      List<JsonNode> found = await(ada, "?user=ada", 7);
      assertThat(found)
          .extracting(entry -> line(entry) + " " + entry.at("/details").asText())
          .containsExactly(
              "LOCAL keys.revoke  refused 404 ",
              "LOCAL keys.revoke  ok  key " + id,
              "LOCAL keys.create  ok  key " + id,
              "LOCAL variables.revoke  ok  TICKETS_KEY",
              "LOCAL variables.save  refused 400 ",
              "LOCAL variables.save  ok  TICKETS_KEY",
              "LOCAL server.initialize  variables_missing  ");
      assertThat(found.toString()).doesNotContain("hidden-words", key.at("/key"));
      assertThat(found.get(3).get("server").asText()).isEqualTo("tickets");
    }
  }

  @Test
  void a_login_is_entered_from_its_beginning_to_its_end() {
    try (ScriptedAuthorizationServer issuer = ScriptedAuthorizationServer.start();
        ProtectedMcpServer server = ProtectedMcpServer.start(issuer);
        RouterUnderTest router =
            RouterUnderTest.start(new ServersFile().with("guarded", server.entry(South.HTTP)));
        Browser browser = new Browser()) {
      Api ada = Api.of(router, "X-MCP-User-Id", "ada");
      String link = ada.post("/api/servers/guarded/login").at("/authorizationUrl");
      URI callback = browser.open(URI.create(link)).uri();
      browser.open(callback);
      ada.delete("/api/servers/guarded/login");
      List<JsonNode> found = await(ada, "?user=ada", 5);
      assertThat(found)
          .extracting(AuditTest::line)
          .containsExactly(
              "LOCAL login.revoke  ok ",
              "COOKIE login.finish  refused 400",
              "COOKIE login.finish  ok ",
              "LOCAL login.begin  ok ",
              "LOCAL login.ask  ok ");
      assertThat(found.get(2).get("server").asText()).isEqualTo("guarded");
      assertThat(found.get(3).get("server").asText()).isEqualTo("guarded");
      assertThat(found.toString()).doesNotContain(link.substring(link.lastIndexOf('/') + 1));
    }
  }

  @Test
  void arguments_are_entered_where_the_operator_asks_for_them_and_never_more_than_a_little() {
    ServersFile file = new ServersFile().with("plain", Peer.behaviour(South.STDIO).entry());
    try (RouterUnderTest router = RouterUnderTest.start(file, "mcp-router.audit.arguments=true");
        McpClient client = McpClient.of(router).server("plain").user("ada").connect()) {
      client.call("echo", "{\"message\":\"shown words\"}");
      client.call("echo", "{\"message\":\"" + "x".repeat(10_000) + "\"}");
      client.ask("prompts/get", "{\"name\":\"greet\",\"arguments\":{\"name\":\"hidden-words\"}}");
      List<JsonNode> found = await(Api.of(router), "?user=ada", 3);
      assertThat(found.get(0).has("details")).isFalse();
      assertThat(found.get(1).get("details").asText()).hasSize(4097).endsWith("…");
      assertThat(found.get(2).get("details").asText()).isEqualTo("{\"message\":\"shown words\"}");
    }
  }

  @Test
  void nothing_is_entered_where_the_audit_is_off() {
    ServersFile file = new ServersFile().with("plain", Peer.behaviour(South.STDIO).entry());
    try (RouterUnderTest router = RouterUnderTest.start(file, "mcp-router.audit.enabled=false");
        McpClient client = McpClient.of(router).server("plain").user("ada").connect()) {
      client.call("echo", "{\"message\":\"x\"}");
      assertThat(Api.of(router).get("/api/audit").status()).isEqualTo(404);
      assertThat(router.bean(AuditLog.class).find(AuditFilter.ALL, null, 10).entries()).isEmpty();
    }
  }

  @Test
  void lost_entries_are_counted_for_operators(FourServers.Running running) {
    assertThat(Api.of(running.router()).get("/actuator/prometheus").body())
        .contains("mcp_router_audit_dropped_total");
  }
}
