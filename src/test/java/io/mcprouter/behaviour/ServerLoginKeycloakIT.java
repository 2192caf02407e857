package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.testkit.Api;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import io.mcprouter.testkit.auth.Browser;
import io.mcprouter.testkit.auth.Keycloak;
import io.mcprouter.testkit.auth.ProtectedMcpServer;
import io.mcprouter.testkit.auth.SharedKeycloak;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The router at an MCP server whose authorization server is Keycloak. */
@ExtendWith(SharedKeycloak.class)
class ServerLoginKeycloakIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final Keycloak keycloak;
  private ProtectedMcpServer server;
  private RouterUnderTest router;

  ServerLoginKeycloakIT(Keycloak keycloak) {
    this.keycloak = keycloak;
  }

  @BeforeEach
  void protect() {
    server = keycloak.protectedServer(token -> !refused.contains(token.id()));
  }

  @AfterEach
  void stop() {
    router.close();
    server.close();
  }

  private ObjectNode entry() {
    return server.entry(South.HTTP);
  }

  private void route(ObjectNode entry) {
    router = RouterUnderTest.start(new ServersFile().with("guarded", entry));
  }

  private Api api(String user) {
    return Api.of(router, "X-MCP-User-Id", user);
  }

  private McpClient client(String user) {
    return McpClient.of(router).user(user).connect();
  }

  /** Goes from the link of the router to its last page, through Keycloak's own. */
  private Browser.Page login(String user) {
    Api.Answer wanted = api(user).post("/api/servers/guarded/initialize");
    assertThat(wanted.at("/failureReason")).as(wanted.body()).isEqualTo("login_required");
    try (Browser browser = keycloak.browserOf(user)) {
      Browser.Page page = browser.open(URI.create(wanted.at("/connection/loginUrl")));
      assertThat(page.body()).as(page.visited() + page.body()).contains("Connected", "guarded");
      return page;
    }
  }

  private void connect(String user) {
    Api.Answer connected = api(user).post("/api/servers/guarded/initialize");
    assertThat(connected.at("/connection/status")).as(connected.body()).isEqualTo("connected");
  }

  private static JsonNode whoami(McpClient client) {
    try {
      return JSON.readTree(client.say("guarded__whoami", "{}"));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private String lastToken() {
    return server.arrived().getLast().authorization().substring("Bearer ".length());
  }

  @Test
  void the_router_registers_and_its_user_logs_in_and_calls() {
    route(entry());
    Browser.Page page = login("ada");
    assertThat(page.visited())
        .anySatisfy(
            asked ->
                assertThat(asked.toString())
                    .startsWith(keycloak.issuer() + "/protocol/openid-connect/auth?")
                    .contains("code_challenge_method=S256", "resource=", "mcp%3Atools"));
    assertThat(page.uri().getPath()).isEqualTo("/oauth/callback");
    assertThat(page.uri().getQuery()).contains("iss=" + keycloak.issuer());
    connect("ada");
    try (McpClient client = client("ada")) {
      JsonNode said = whoami(client);
      assertThat(said.path("subject").asText()).isEqualTo(keycloak.subject("ada"));
      assertThat(keycloak.clientsNamed("mcp-router"))
          .anySatisfy(
              registered -> assertThat(registered.path("clientId")).isEqualTo(said.path("client")));
    }
    assertThat(api("bo").get("/api/servers/guarded/status").at("/status"))
        .isEqualTo("oauth_required");
  }

  @Test
  void a_refused_token_is_renewed_by_refresh_tokens_that_are_good_once() {
    route(entry());
    login("ada");
    connect("ada");
    try (McpClient client = client("ada")) {
      String first = whoami(client).path("token").asText();
      refused.add(first);
      String second = whoami(client).path("token").asText();
      refused.add(second);
      String third = whoami(client).path("token").asText();
      assertThat(Set.of(first, second, third)).hasSize(3);
    }
  }

  @Test
  void giving_the_login_back_revokes_it_and_asks_for_a_new_one() {
    route(entry());
    login("ada");
    connect("ada");
    String token = lastToken();
    assertThat(keycloak.introspected(token)).isPresent();
    assertThat(api("ada").delete("/api/servers/guarded/login").status()).isEqualTo(204);
    assertThat(keycloak.introspected(token)).isEmpty();
    await()
        .untilAsserted(
            () ->
                assertThat(api("ada").get("/api/servers/guarded/status").at("/status"))
                    .isEqualTo("oauth_required"));
    login("ada");
    connect("ada");
  }

  @Test
  void a_right_that_was_withdrawn_at_keycloak_is_asked_for_again() {
    route(entry());
    login("bo");
    connect("bo");
    try (McpClient client = client("bo")) {
      keycloak.withdraw("bo", whoami(client).path("client").asText());
      assertThat(client.call("guarded__whoami").raw()).contains("login_required", "/oauth/start/");
    }
    login("bo");
    connect("bo");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_configured_client_logs_in_and_its_short_tokens_are_renewed(boolean discovered) {
    ObjectNode entry = entry();
    if (discovered) {
      client(entry.withObject("/router/oauth"), "clientId", "clientSecret");
    } else {
      client(entry.putObject("oauth"), "client_id", "client_secret")
          .put("authorization_url", keycloak.issuer() + "/protocol/openid-connect/auth")
          .put("token_url", keycloak.issuer() + "/protocol/openid-connect/token");
    }
    route(entry);
    login("ada");
    connect("ada");
    try (McpClient client = client("ada")) {
      for (int renewals = 0; renewals < 2; renewals++) {
        JsonNode before = whoami(client);
        assertThat(before.path("client").asText()).isEqualTo("configured-router");
        String token = lastToken();
        await().atMost(Duration.ofSeconds(30)).until(() -> keycloak.introspected(token).isEmpty());
        assertThat(whoami(client).path("token")).isNotEqualTo(before.path("token"));
      }
    }
  }

  private static ObjectNode client(ObjectNode options, String id, String secret) {
    return options.put(id, "configured-router").put(secret, "canary-7f3a-secret-of-the-router");
  }

  @Test
  void the_router_has_a_right_of_its_own() {
    ObjectNode entry = entry();
    entry
        .putObject("router")
        .putObject("oauth")
        .put("grant", "client_credentials")
        .put("clientId", "machine-router")
        .put("clientSecret", "canary-7f3a-secret-of-the-machine");
    route(entry);
    try (McpClient client = client("ada")) {
      connect("ada");
      JsonNode said = whoami(client);
      assertThat(said.path("client").asText()).isEqualTo("machine-router");
      assertThat(said.path("subject").asText()).isNotEqualTo(keycloak.subject("ada"));
    }
  }
}
