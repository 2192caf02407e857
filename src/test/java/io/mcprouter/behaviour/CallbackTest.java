package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.testkit.Api;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import io.mcprouter.testkit.auth.Browser;
import io.mcprouter.testkit.auth.Endpoint;
import io.mcprouter.testkit.auth.ProtectedMcpServer;
import io.mcprouter.testkit.auth.ScriptedAuthorizationServer;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Where a login ends: with the user who began it, and at the router. */
class CallbackTest {
  private static final String ELSEWHERE =
      "&return_to=https://evil.example&returnTo=https://evil.example&next=//evil.example"
          + "&redirect=https://evil.example&redirect_uri=https://evil.example&url=//evil.example"
          + "&continue=https://evil.example&target=https://evil.example&RelayState=//evil.example";

  private static URI link(RouterUnderTest router, String user) {
    return URI.create(
        Api.of(router, "X-MCP-User-Id", user)
            .post("/api/servers/guarded/initialize")
            .at("/connection/loginUrl"));
  }

  private static Browser.Page answered(Browser browser, URI link) {
    return browser.open(link, uri -> uri.getPath().equals("/oauth/callback"));
  }

  @Test
  void the_last_page_leads_nowhere_whatever_is_asked_of_it() {
    try (ScriptedAuthorizationServer issuer = ScriptedAuthorizationServer.start();
        ProtectedMcpServer server = ProtectedMcpServer.start(issuer);
        RouterUnderTest router =
            RouterUnderTest.start(new ServersFile().with("guarded", server.entry(South.HTTP)));
        Browser browser = new Browser()) {
      URI callback = answered(browser, link(router, "ada")).uri();
      Browser.Page last = browser.open(URI.create(callback + ELSEWHERE));
      assertThat(last.status()).isEqualTo(200);
      assertThat(last.visited()).hasSize(1);
      assertThat(last.body()).contains("Connected").doesNotContain("evil.example");
      assertThat(last.headers()).doesNotContainKeys("location", "refresh");
    }
  }

  @Test
  void an_answer_to_one_users_login_is_of_no_use_in_anothers_browser() {
    try (ScriptedAuthorizationServer issuer = ScriptedAuthorizationServer.start();
        ProtectedMcpServer server = ProtectedMcpServer.start(issuer);
        RouterUnderTest router =
            RouterUnderTest.start(new ServersFile().with("guarded", server.entry(South.HTTP)));
        Browser ada = new Browser();
        Browser bo = new Browser()) {
      URI answer = answered(ada, link(router, "ada")).uri();
      answered(bo, link(router, "bo")); // and so has a cookie of the router
      assertThat(bo.open(answer).status()).isEqualTo(400);
      assertThat(ada.open(answer).status()).isEqualTo(400);
      assertThat(issuer.requests(Endpoint.TOKEN)).isEmpty();
    }
  }
}
