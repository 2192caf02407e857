package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.testkit.Api;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import io.mcprouter.testkit.auth.Browser;
import io.mcprouter.testkit.auth.ProtectedMcpServer;
import io.mcprouter.testkit.auth.ScriptedAuthorizationServer;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** An authorization server ends a user's right while the session with the server is open. */
class LostRightTest {
  @Test
  void the_status_and_a_new_attempt_ask_for_a_login_though_the_session_is_open() {
    try (ScriptedAuthorizationServer issuer = ScriptedAuthorizationServer.start();
        ProtectedMcpServer server = ProtectedMcpServer.start(issuer);
        RouterUnderTest router =
            RouterUnderTest.start(new ServersFile().with("guarded", server.entry(South.HTTP)));
        Browser browser = new Browser();
        McpClient client = McpClient.of(router).user("ada").connect()) {
      Api ada = Api.of(router, "X-MCP-User-Id", "ada");
      browser.open(link(ada));
      assertThat(ada.post("/api/servers/guarded/initialize").at("/connection/status"))
          .isEqualTo("connected");

      issuer.endGrants();
      assertThat(client.call("guarded__whoami").raw()).contains("login_required");
      assertThat(ada.get("/api/servers/guarded/status").at("/status")).isEqualTo("oauth_required");

      browser.open(link(ada));
      assertThat(client.call("guarded__whoami").isError()).isFalse();
      assertThat(ada.get("/api/servers/guarded/status").at("/status")).isEqualTo("connected");
    }
  }

  private static URI link(Api user) {
    Api.Answer wanted = user.post("/api/servers/guarded/initialize");
    assertThat(wanted.at("/failureReason")).as(wanted.body()).isEqualTo("login_required");
    return URI.create(wanted.at("/connection/loginUrl"));
  }
}
