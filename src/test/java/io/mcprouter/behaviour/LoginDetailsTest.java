package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.testkit.Api;
import io.mcprouter.testkit.ProxyUsers;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import io.mcprouter.testkit.auth.Browser;
import io.mcprouter.testkit.auth.Feature;
import io.mcprouter.testkit.auth.ProtectedMcpServer;
import io.mcprouter.testkit.auth.ScriptedAuthorizationServer;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What users and administrators learn of a server and its authorization server by a login. */
class LoginDetailsTest {
  private static final String USER = "support";
  private static final String ADMINISTRATOR = "admin";

  private ScriptedAuthorizationServer issuer;
  private ProtectedMcpServer server;
  private RouterUnderTest router;

  @BeforeEach
  void start() {
    issuer = ScriptedAuthorizationServer.start();
    server = ProtectedMcpServer.start(issuer);
    String url = server.url(South.HTTP).replace("127.0.0.1", "localhost");
    server.protection().resource(url);
    ObjectNode entry = server.entry(South.HTTP).put("url", url);
    router = RouterUnderTest.start(new ServersFile().with("guarded", entry), ProxyUsers.settings());
  }

  @AfterEach
  void stop() {
    router.close();
    server.close();
    issuer.close();
  }

  private Api api(String role) {
    return ProxyUsers.api(router, "with-" + role, role);
  }

  private URI link(String role) {
    Api.Answer login = api(role).post("/api/servers/guarded/login");
    assertThat(login.status()).as(login.body()).isEqualTo(200);
    return URI.create(login.at("/authorizationUrl"));
  }

  private static Browser browser(String role) {
    return new Browser()
        .header("X-MCP-Router-Secret", ProxyUsers.SECRET)
        .header("X-MCP-User-Id", "with-" + role)
        .header("X-MCP-User-Roles", role);
  }

  /** The start page, before its button is pressed. */
  private String offer(String role) {
    String page = api(role).get(link(role).getPath()).body();
    assertThat(page).contains("Connect guarded", "127.0.0.1");
    return page;
  }

  @Test
  void the_start_page_says_where_the_server_is_to_administrators_alone() {
    assertThat(offer(USER)).doesNotContain("localhost");
    assertThat(offer(ADMINISTRATOR)).contains("localhost");
  }

  @Test
  void what_is_wrong_with_an_authorization_server_is_for_administrators() {
    issuer.script().without(Feature.S256_ADVERTISED);
    assertThat(api(USER).post("/api/servers/guarded/login").at("/detail"))
        .contains("only an administrator can help")
        .doesNotContain("127.0.0.1", "S256");
    assertThat(api(ADMINISTRATOR).post("/api/servers/guarded/login").at("/detail"))
        .contains("127.0.0.1", "S256");
  }

  @Test
  void why_a_login_failed_is_for_administrators() {
    issuer.script().denial("inner_reason");
    for (String role : new String[] {USER, ADMINISTRATOR}) {
      try (Browser browser = browser(role)) {
        assertThat(browser.open(link(role)).status()).isEqualTo(400);
      }
    }
    assertThat(api(USER).get("/api/servers/guarded/status").at("/reason"))
        .contains("The login failed")
        .doesNotContain("inner_reason");
    assertThat(api(ADMINISTRATOR).get("/api/servers/guarded/status").at("/reason"))
        .contains("inner_reason");
  }
}
