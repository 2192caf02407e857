package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.testkit.Api;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.ProxyUsers;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import io.mcprouter.testkit.auth.Browser;
import io.mcprouter.testkit.auth.Keycloak;
import io.mcprouter.testkit.auth.ProtectedMcpServer;
import io.mcprouter.testkit.auth.SharedKeycloak;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Callers whom Keycloak's tokens name, and who log in at Keycloak on the router's pages. */
@ExtendWith(SharedKeycloak.class)
class CallersKeycloakIT {
  private static final Pattern LOGIN_AT_ISSUER =
      Pattern.compile("<a href=\"([^\"]*)\">Log in with");

  private final Keycloak keycloak;
  private ProtectedMcpServer server;
  private RouterUnderTest router;

  CallersKeycloakIT(Keycloak keycloak) {
    this.keycloak = keycloak;
  }

  @BeforeEach
  void start() {
    server = keycloak.protectedServer(token -> true);
    ObjectNode closed = server.entry(South.HTTP);
    closed.putObject("router").putObject("access").putArray("roles").add("support");
    String issuer = "mcp-router.authentication.issuers.company.";
    router =
        RouterUnderTest.start(
            new ServersFile().with("open", server.entry(South.HTTP)).with("closed", closed),
            issuer + "issuer=" + keycloak.issuer(),
            issuer + "audiences=mcp-router",
            issuer + "roles-claim=realm_access.roles",
            issuer + "login.client-id=router-pages",
            issuer + "login.client-secret=canary-7f3a-secret-of-the-pages",
            "mcp-router.store.master-key=" + ProxyUsers.MASTER_KEY);
  }

  @AfterEach
  void stop() {
    router.close();
    server.close();
  }

  private Api api(String user) {
    return Api.of(router, "Authorization", bearer("assistant", user));
  }

  private String bearer(String application, String user) {
    return "Bearer " + keycloak.accessToken(application, user);
  }

  private HttpResponse<String> initialize(String authorization)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(router.uri("/mcp"))
              .header("Content-Type", "application/json")
              .header("Accept", "application/json, text/event-stream")
              .header("Authorization", authorization)
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      """
                      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":\
                      "2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}"""))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void a_token_for_the_router_opens_it_and_one_for_another_application_does_not() throws Exception {
    assertThat(initialize(bearer("assistant", "ada")).statusCode()).isEqualTo(200);
    HttpResponse<String> foreign = initialize(bearer("foreign", "ada"));
    assertThat(foreign.statusCode()).isEqualTo(401);
    assertThat(foreign.headers().firstValue("WWW-Authenticate").orElseThrow())
        .contains("error=\"invalid_token\"");
    String token = bearer("assistant", "ada");
    String forged = token.substring(0, token.length() - 8) + "AAAAAAAA";
    assertThat(initialize(forged).statusCode()).isEqualTo(401);
  }

  @Test
  void the_realms_roles_decide_what_a_caller_sees() {
    assertThat(api("ada").get("/api/servers").json().findValuesAsText("name"))
        .containsExactlyInAnyOrder("open", "closed");
    assertThat(api("bo").get("/api/servers").json().findValuesAsText("name"))
        .containsExactly("open");
  }

  @Test
  void a_user_proves_themselves_at_the_realm_and_logs_in_at_a_server() {
    URI link = URI.create(api("ada").post("/api/servers/open/login").at("/authorizationUrl"));
    try (Browser browser = keycloak.browserOf("ada")) {
      Browser.Page done = throughIssuer(browser, link);
      assertThat(done.body()).as(done.visited() + done.body()).contains("Connected", "open");
    }
    try (McpClient client =
        McpClient.of(router)
            .server("open")
            .header("Authorization", bearer("assistant", "ada"))
            .connect()) {
      assertThat(client.say("whoami", "{}")).contains(keycloak.subject("ada"));
    }
  }

  @Test
  void somebody_else_at_the_realm_does_not_open_the_link() {
    URI link = URI.create(api("ada").post("/api/servers/open/login").at("/authorizationUrl"));
    try (Browser browser = keycloak.browserOf("bo")) {
      Browser.Page page = throughIssuer(browser, link);
      assertThat(page.status()).isEqualTo(400);
      assertThat(page.body()).contains("another user");
    }
  }

  /** From the page that asks who is there, over the realm's login, to where it ends. */
  private static Browser.Page throughIssuer(Browser browser, URI link) {
    Browser.Page asked = browser.open(link);
    Matcher way = LOGIN_AT_ISSUER.matcher(asked.body());
    assertThat(way.find()).as(asked.body()).isTrue();
    return browser.open(link.resolve(way.group(1)));
  }
}
