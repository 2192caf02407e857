package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.testkit.Api;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import io.mcprouter.testkit.auth.Browser;
import io.mcprouter.testkit.auth.Endpoint;
import io.mcprouter.testkit.auth.ProtectedMcpServer;
import io.mcprouter.testkit.auth.ScriptedAuthorizationServer;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A user logs in at a server's authorization server, calls, and gives the right back. */
class ServerLoginTest {
  private static RouterUnderTest router(ProtectedMcpServer server, South south) {
    return RouterUnderTest.start(new ServersFile().with("guarded", server.entry(south)));
  }

  private static Api ada(RouterUnderTest router) {
    return Api.of(router, "X-MCP-User-Id", "ada");
  }

  @ParameterizedTest
  @EnumSource(names = "STDIO", mode = EnumSource.Mode.EXCLUDE)
  void a_login_opens_the_server_for_its_user_alone(South south) {
    try (ScriptedAuthorizationServer issuer = ScriptedAuthorizationServer.start();
        ProtectedMcpServer server = ProtectedMcpServer.start(issuer);
        RouterUnderTest router = router(server, south);
        Browser browser = new Browser();
        McpClient client = McpClient.of(router).user("ada").connect()) {
      Api ada = ada(router);
      Api.Answer wanted = ada.post("/api/servers/guarded/initialize");
      assertThat(wanted.at("/failureReason")).as(wanted.body()).isEqualTo("login_required");
      assertThat(wanted.at("/connection/status")).isEqualTo("oauth_required");

      String link = ada.get("/api/logins").at("/0/authorizationUrl");
      assertThat(link).isEqualTo(wanted.at("/connection/loginUrl"));
      Browser.Page page = browser.open(URI.create(link));
      assertThat(page.body()).contains("Connected", "guarded");

      Api.Answer connected = ada.post("/api/servers/guarded/initialize");
      assertThat(connected.at("/connection/status")).as(connected.body()).isEqualTo("connected");
      await().untilAsserted(() -> assertThat(client.tools()).contains("guarded__whoami"));
      assertThat(client.call("guarded__whoami").isError()).isFalse();
      assertThat(
              Api.of(router, "X-MCP-User-Id", "bo")
                  .get("/api/servers/guarded")
                  .at("/connection/status"))
          .isEqualTo("oauth_required");

      issuer.expireAccessTokens();
      assertThat(client.call("guarded__whoami").isError()).isFalse();
      // a websocket shows its token once, when it is opened
      assertThat(issuer.tokenRequests("refresh_token")).hasSize(south == South.WEBSOCKET ? 0 : 1);

      assertThat(ada.delete("/api/servers/guarded/login").status()).isEqualTo(204);
      assertThat(issuer.requests(Endpoint.REVOCATION)).isNotEmpty();
      await()
          .untilAsserted(
              () ->
                  assertThat(ada.get("/api/servers/guarded/status").at("/status"))
                      .isEqualTo("oauth_required"));
    }
  }

  @Test
  void a_call_that_needs_a_login_carries_the_link() {
    try (ScriptedAuthorizationServer issuer = ScriptedAuthorizationServer.start();
        ProtectedMcpServer server = ProtectedMcpServer.start(issuer);
        RouterUnderTest router = router(server, South.HTTP)) {
      try (McpClient client = McpClient.of(router).server("guarded").user("ada").connect()) {
        Message refused = client.initialized();
        assertThat(refused.isError()).isTrue();
        assertThat(refused.raw()).contains("-31008", "/oauth/start/", "login_required");
      }
      try (McpClient client =
          McpClient.of(router)
              .server("guarded")
              .user("ada")
              .capabilities("{\"elicitation\":{\"url\":{}}}")
              .connect()) {
        Message refused = client.initialized();
        assertThat(refused.raw())
            .contains("-32042", "elicitations", "\"mode\":\"url\"", "/oauth/start/");
      }
    }
  }

  @Test
  void a_link_works_once_and_in_one_browser() {
    try (ScriptedAuthorizationServer issuer = ScriptedAuthorizationServer.start();
        ProtectedMcpServer server = ProtectedMcpServer.start(issuer);
        RouterUnderTest router = router(server, South.HTTP);
        Browser browser = new Browser();
        Browser other = new Browser()) {
      ada(router).post("/api/servers/guarded/initialize");
      URI link = URI.create(ada(router).get("/api/logins").at("/0/authorizationUrl"));
      Browser.Page sent = browser.open(link, uri -> uri.getPath().equals("/oauth/callback"));
      Browser.Page stolen = other.open(sent.uri());
      assertThat(stolen.status()).isEqualTo(400);
      assertThat(browser.open(link).status()).isEqualTo(400);
      assertThat(ada(router).get("/api/servers/guarded/status").at("/status"))
          .isNotEqualTo("connected");
      assertThat(issuer.tokenRequests("authorization_code")).isEmpty();
    }
  }

  /** The browser knows who the user is, but not the fields that a call comes with. */
  @Test
  void a_login_is_for_the_address_and_scope_of_the_call_that_asked_for_it() {
    try (ScriptedAuthorizationServer issuer = ScriptedAuthorizationServer.start();
        ProtectedMcpServer server = ProtectedMcpServer.start(issuer);
        RouterUnderTest router =
            RouterUnderTest.start(new ServersFile().with("guarded", personal(server)));
        Browser browser = new Browser()) {
      try (McpClient refused = personal(router, "ada")) {
        assertThat(refused.initialized().raw()).contains("/oauth/start/");
      }
      URI link = URI.create(ada(router).get("/api/logins").at("/0/authorizationUrl"));
      assertThat(browser.open(link).body()).contains("Connected");
      assertThat(issuer.requests(Endpoint.AUTHORIZATION).getFirst().parameter("scope"))
          .isEqualTo("of:ada-at-work");
      try (McpClient client = personal(router, "ada");
          McpClient other = personal(router, "bo")) {
        assertThat(client.initialized().isError()).as(client.initialized().raw()).isFalse();
        assertThat(client.call("whoami").isError()).isFalse();
        issuer.expireAccessTokens();
        assertThat(client.call("whoami").isError()).isFalse();
        assertThat(issuer.tokenRequests("refresh_token")).hasSize(1);
        assertThat(ada(router).get("/api/logins").body()).isEqualTo("[]");
        assertThat(other.initialized().raw()).contains("/oauth/start/");
      }
    }
  }

  private static ObjectNode personal(ProtectedMcpServer server) {
    ObjectNode entry = server.entry(South.HTTP);
    entry.put("url", server.url(South.HTTP) + "?of={{LIBRECHAT_USER_USERNAME}}");
    entry.putObject("oauth").put("scope", "of:{{LIBRECHAT_USER_USERNAME}}");
    return entry;
  }

  private static McpClient personal(RouterUnderTest router, String user) {
    return McpClient.of(router)
        .server("guarded")
        .user(user)
        .header("X-MCP-User-Username", user + "-at-work")
        .connect();
  }
}
