package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.credential.Store;
import io.mcprouter.testkit.Api;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.South;
import io.mcprouter.testkit.auth.Browser;
import io.mcprouter.testkit.auth.Endpoint;
import io.mcprouter.testkit.auth.ProtectedMcpServer;
import io.mcprouter.testkit.auth.ScriptedAuthorizationServer;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A user logs in at a server that they added; what they are shown has their own name of it. */
class UserServerLoginTest {
  private static RouterUnderTest router(String... allowed) {
    String addresses =
        allowed.length == 0 ? "" : "mcpSettings: {allowedAddresses: [\"" + allowed[0] + "\"]}\n";
    return RouterUnderTest.start(
        addresses + "mcpServers: {}\n", "mcp-router.user-servers.enabled=true");
  }

  private static long rows(RouterUnderTest router, String table) {
    return router
        .bean(Store.class)
        .jdbc()
        .sql("SELECT COUNT(*) FROM " + table)
        .query(Long.class)
        .single();
  }

  @Test
  void a_login_is_made_used_and_removed_with_the_server() {
    try (ScriptedAuthorizationServer issuer = ScriptedAuthorizationServer.start();
        ProtectedMcpServer server = ProtectedMcpServer.start(issuer);
        RouterUnderTest router = router("127.0.0.0/8");
        Browser browser = new Browser();
        McpClient client = McpClient.of(router).user("ada").connect()) {
      Api ada = Api.of(router, "X-MCP-User-Id", "ada");
      assertThat(ada.put("/api/user-servers/crm", server.entry(South.HTTP).toString()).status())
          .isEqualTo(200);
      Api.Answer wanted = ada.post("/api/servers/crm/initialize");
      assertThat(wanted.at("/failureReason")).as(wanted.body()).isEqualTo("login_required");

      Api.Answer pending = ada.get("/api/logins");
      assertThat(pending.at("/0/server")).isEqualTo("crm");
      assertThat(Api.of(router, "X-MCP-User-Id", "bo").get("/api/logins").body()).isEqualTo("[]");
      Browser.Page page = browser.open(URI.create(pending.at("/0/authorizationUrl")));
      assertThat(page.body()).contains("Connected", "crm").doesNotContain("crm/");

      await().untilAsserted(() -> assertThat(client.tools()).contains("crm__whoami"));
      assertThat(client.call("crm__whoami").isError()).isFalse();

      assertThat(ada.delete("/api/user-servers/crm").status()).isEqualTo(204);
      assertThat(issuer.requests(Endpoint.REVOCATION)).isNotEmpty();
      for (String table :
          List.of(
              "oauth_grants",
              "oauth_logins",
              "oauth_flows",
              "oauth_servers",
              "oauth_client_issuers")) {
        assertThat(rows(router, table)).as(table).isZero();
      }
    }
  }

  @Test
  void a_server_that_moves_elsewhere_starts_anew() {
    try (ScriptedAuthorizationServer issuer = ScriptedAuthorizationServer.start();
        ProtectedMcpServer server = ProtectedMcpServer.start(issuer);
        RouterUnderTest router = router("127.0.0.0/8");
        Browser browser = new Browser()) {
      Api ada = Api.of(router, "X-MCP-User-Id", "ada");
      ObjectNode entry = server.entry(South.HTTP);
      ada.put("/api/user-servers/crm", entry.toString());
      ada.post("/api/servers/crm/initialize");
      browser.open(URI.create(ada.get("/api/logins").at("/0/authorizationUrl")));
      assertThat(rows(router, "oauth_grants")).isOne();

      ada.put("/api/user-servers/crm", entry.put("title", "CRM").toString());
      assertThat(rows(router, "oauth_grants")).as("the same place under a title").isOne();

      entry.put("url", entry.get("url").asText() + "?elsewhere");
      assertThat(ada.put("/api/user-servers/crm", entry.toString()).status()).isEqualTo(200);
      for (String table : List.of("oauth_grants", "oauth_logins", "oauth_client_issuers")) {
        assertThat(rows(router, table)).as(table).isZero();
      }
      assertThat(issuer.requests(Endpoint.REVOCATION)).isNotEmpty();
    }
  }

  /** Its metadata leads to this machine, which is allowed for the server's own address alone. */
  @Test
  void an_authorization_server_on_this_machine_is_never_asked_for_it() {
    try (ScriptedAuthorizationServer issuer = ScriptedAuthorizationServer.start();
        ProtectedMcpServer server = ProtectedMcpServer.start(issuer);
        RouterUnderTest router = router(URI.create(server.url(South.HTTP)).getAuthority())) {
      Api ada = Api.of(router, "X-MCP-User-Id", "ada");
      ada.put("/api/user-servers/crm", server.entry(South.HTTP).toString());
      ada.post("/api/servers/crm/initialize");
      ada.post("/api/servers/crm/login");
      assertThat(issuer.requests(Endpoint.METADATA)).isEmpty();
      assertThat(issuer.requests(Endpoint.REGISTRATION)).isEmpty();
      assertThat(ada.get("/api/servers/crm/status").at("/loginUrl")).isEmpty();
    }
  }
}
