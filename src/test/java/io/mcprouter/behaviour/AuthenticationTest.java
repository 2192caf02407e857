package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.credential.ApiKeys;
import io.mcprouter.credential.NewKey;
import io.mcprouter.credential.Owner;
import io.mcprouter.testkit.Api;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.North;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import io.mcprouter.testkit.auth.ScriptedAuthorizationServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where authentication is configured, whoever proves nothing gets nothing, at every door. */
class AuthenticationTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final String PUBLIC = "https://router.example.com";
  private static ScriptedAuthorizationServer issuer;
  private static RouterUnderTest router;
  private static ApiKeys keys;

  @BeforeAll
  static void start() {
    issuer = ScriptedAuthorizationServer.start();
    ObjectNode guarded = Peer.behaviour(South.STDIO).entry();
    ObjectNode access = guarded.putObject("router").putObject("access");
    access.putArray("roles").add("support");
    access.putArray("scopes").add("tickets:read");
    access.withObject("/tools/echo").putArray("scopes").add("tickets:write");
    access.withObject("/tools/env").putArray("roles").add("admin");
    router =
        RouterUnderTest.start(
            new ServersFile()
                .with("open", Peer.behaviour(South.STDIO).entry())
                .with("guarded", guarded),
            "mcp-router.public-url=" + PUBLIC,
            "mcp-router.authentication.api-keys=true",
            "mcp-router.authentication.issuers.test.issuer=" + issuer.issuer(),
            "mcp-router.authentication.proxy.secret=" + SECRET,
            "mcp-router.authentication.proxy.addresses=127.0.0.1",
            "mcp-router.store.master-key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    keys = router.bean(ApiKeys.class);
  }

  @AfterAll
  static void stop() {
    router.close();
    issuer.close();
  }

  private static ApiKeys.Created key(String user, Set<String> roles, Set<String> scopes) {
    return keys.create(new NewKey(new Owner("", user), Map.of(), "test", roles, scopes, null));
  }

  private static HttpResponse<String> plain(String path, String... headers) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request(path, headers), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static HttpRequest request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(router.uri(path));
    return headers.length > 0 ? request.headers(headers).build() : request.build();
  }

  /** The status alone, of an answer that may go on without end. */
  private static int status(String path, String... headers) throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    try {
      return http.send(request(path, headers), HttpResponse.BodyHandlers.ofInputStream())
          .statusCode();
    } finally {
      http.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/mcp", "/servers/open/mcp", "/servers/nothing/mcp", "/sse", "/ws"})
  void without_a_credential_there_is_a_challenge_and_nothing_else(String path) throws Exception {
    HttpResponse<String> answer = plain(path, "X-MCP-User-Id", "ada");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
        .startsWith("Bearer ")
        .contains(
            "resource_metadata=\"" + PUBLIC + "/.well-known/oauth-protected-resource" + path + "\"")
        .doesNotContain("error=");
  }

  @Test
  void each_endpoint_describes_itself_as_a_protected_resource() throws Exception {
    HttpResponse<String> answer =
        plain("/.well-known/oauth-protected-resource/servers/guarded/mcp");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains(
            "\"resource\":\"" + PUBLIC + "/servers/guarded/mcp\"",
            "\"authorization_servers\":[\"" + issuer.issuer() + "\"]",
            "\"scopes_supported\":[\"tickets:read\",\"tickets:write\"]");
  }

  @ParameterizedTest
  @EnumSource
  void a_key_opens_every_door(North north) {
    String key = key("ada", Set.of(), Set.of()).text();
    try (McpClient client = McpClient.of(router).over(north).header("X-API-Key", key).connect()) {
      assertThat(client.say("open__identity", "{}")).isEqualTo("ada");
    }
  }

  @Test
  void a_token_for_the_router_names_its_user_and_one_for_another_does_not() throws Exception {
    String token = issuer.accessToken("bo", PUBLIC + "/mcp", "tickets:read");
    try (McpClient client =
        McpClient.of(router).header("Authorization", "Bearer " + token).connect()) {
      assertThat(client.say("open__identity", "{}")).isEqualTo("bo");
    }
    String foreign = issuer.accessToken("bo", "https://other.example.com/mcp");
    HttpResponse<String> refused = plain("/mcp", "Authorization", "Bearer " + foreign);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
        .contains("error=\"invalid_token\"")
        .doesNotContain(foreign);
  }

  @Test
  void a_proxy_names_its_users() {
    try (McpClient client =
        McpClient.of(router)
            .header("X-MCP-Router-Secret", SECRET)
            .header("X-MCP-User-Id", "cy")
            .connect()) {
      assertThat(client.say("open__identity", "{}")).isEqualTo("cy");
    }
  }

  @Test
  void a_forged_user_and_a_wrong_secret_get_nothing() throws Exception {
    assertThat(plain("/mcp", "X-MCP-User-Id", "ada").statusCode()).isEqualTo(401);
    assertThat(plain("/mcp", "X-MCP-User-Id", "ada", "X-MCP-Router-Secret", "wrong").statusCode())
        .isEqualTo(401);
  }

  @Test
  void what_a_caller_may_not_use_is_neither_listed_nor_called() {
    String nobody = key("dan", Set.of(), Set.of("tickets:read")).text();
    try (McpClient client = McpClient.of(router).header("X-API-Key", nobody).connect()) {
      await()
          .untilAsserted(
              () -> assertThat(client.tools()).anyMatch(tool -> tool.startsWith("open__")));
      assertThat(client.tools()).noneMatch(tool -> tool.startsWith("guarded__"));
      assertThat(client.call("guarded__identity").raw()).contains("Unknown tool");
    }
  }

  @Test
  void rules_close_single_tools() {
    String reader = key("eve", Set.of("support"), Set.of("tickets:read")).text();
    try (McpClient client = McpClient.of(router).header("X-API-Key", reader).connect()) {
      await().untilAsserted(() -> assertThat(client.tools()).contains("guarded__identity"));
      assertThat(client.tools()).doesNotContain("guarded__echo", "guarded__env");
      assertThat(client.say("guarded__identity", "{}")).isEqualTo("eve");
      assertThat(client.call("guarded__env", "{\"name\":\"PATH\"}").raw()).contains("Unknown tool");
    }
    String admin =
        key("fay", Set.of("support", "admin"), Set.of("tickets:read", "tickets:write")).text();
    try (McpClient client = McpClient.of(router).header("X-API-Key", admin).connect()) {
      await()
          .untilAsserted(
              () ->
                  assertThat(client.tools())
                      .contains("guarded__identity", "guarded__echo", "guarded__env"));
      assertThat(client.say("guarded__echo", "{\"message\":\"hi\"}")).isEqualTo("hi");
    }
  }

  @Test
  void the_view_of_one_server_is_closed_likewise() throws Exception {
    String reader = key("gil", Set.of("support"), Set.of("tickets:read")).text();
    try (McpClient client =
        McpClient.of(router).server("guarded").header("X-API-Key", reader).connect()) {
      assertThat(client.tools()).contains("identity").doesNotContain("echo", "env");
      assertThat(client.call("env", "{\"name\":\"PATH\"}").isError()).isTrue();
    }
    String other = key("hal", Set.of(), Set.of("tickets:read")).text();
    assertThat(plain("/servers/guarded/mcp", "X-API-Key", other).statusCode()).isEqualTo(404);
  }

  @Test
  void missing_scopes_are_asked_for() throws Exception {
    String none = key("ida", Set.of("support"), Set.of()).text();
    HttpResponse<String> refused = plain("/servers/guarded/mcp", "X-API-Key", none);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
        .contains("error=\"insufficient_scope\"", "scope=\"tickets:read\"");
  }

  @Test
  void a_revoked_key_opens_nothing_and_its_open_socket_closes() throws Exception {
    ApiKeys.Created key = key("jo", Set.of(), Set.of());
    try (McpClient client =
        McpClient.of(router).over(North.WEBSOCKET).header("X-API-Key", key.text()).connect()) {
      assertThat(client.say("open__identity", "{}")).isEqualTo("jo");
      McpClient.Pending open = client.start("open__sleep", "{\"ms\":60000}");
      assertThat(keys.revoke(key.key().id())).isTrue();
      await().untilAsserted(() -> assertThat(open.isOpen()).isFalse());
    }
    assertThat(plain("/mcp", "X-API-Key", key.text()).statusCode()).isEqualTo(401);
  }

  @Test
  void of_two_keys_in_one_session_each_request_has_the_rights_of_its_own() throws Exception {
    Set<String> support = Set.of("support");
    String wide = key("liv", support, Set.of("tickets:read", "tickets:write")).text();
    String narrow = key("liv", support, Set.of("tickets:read")).text();
    String call =
        "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":"
            + "{\"name\":\"guarded__echo\",\"arguments\":{\"message\":\"hi\"}}}";
    try (McpClient client = McpClient.of(router).header("X-API-Key", wide).connect();
        HttpClient http = HttpClient.newHttpClient()) {
      await().untilAsserted(() -> assertThat(client.tools()).contains("guarded__echo"));
      List<CompletableFuture<HttpResponse<String>>> answers =
          IntStream.range(0, 100)
              .mapToObj(
                  id ->
                      HttpRequest.newBuilder(router.uri("/mcp"))
                          .headers("X-API-Key", id % 2 == 0 ? wide : narrow)
                          .headers("Mcp-Session-Id", client.sessionId())
                          .headers("Content-Type", "application/json")
                          .POST(HttpRequest.BodyPublishers.ofString(call.formatted(id)))
                          .build())
              .map(request -> http.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
              .toList();
      for (int id = 0; id < answers.size(); id++) {
        assertThat(answers.get(id).get().statusCode()).isEqualTo(id % 2 == 0 ? 200 : 403);
      }
    }
  }

  @Test
  void a_session_belongs_to_its_user() throws Exception {
    String one = key("kim", Set.of(), Set.of()).text();
    String two = key("lee", Set.of(), Set.of()).text();
    try (McpClient client = McpClient.of(router).header("X-API-Key", one).connect()) {
      int stolen =
          status(
              "/mcp",
              "X-API-Key",
              two,
              "Mcp-Session-Id",
              client.sessionId(),
              "Accept",
              "text/event-stream");
      assertThat(stolen).isEqualTo(404);
    }
  }

  @Test
  void the_api_takes_the_same_credentials() {
    Api nobody = Api.of(router);
    assertThat(nobody.get("/api/servers").status()).isEqualTo(401);
    assertThat(nobody.get("/actuator/health").status()).isEqualTo(200);
    Api reader =
        nobody.with("X-API-Key", key("mia", Set.of("support"), Set.of("tickets:read")).text());
    assertThat(reader.get("/api/servers").json().findValuesAsText("name"))
        .containsExactly("open", "guarded");
    Api other = nobody.with("X-API-Key", key("ned", Set.of(), Set.of()).text());
    assertThat(other.get("/api/servers").json().findValuesAsText("name")).containsExactly("open");
    assertThat(other.get("/api/servers/guarded").status()).isEqualTo(404);
  }

  @Test
  void a_user_makes_and_revokes_keys_that_can_do_no_more_than_they_can() throws IOException {
    Api user = Api.of(router, "X-API-Key", key("oz", Set.of(), Set.of("a")).text());
    Api.Answer misspelt = user.post("/api/keys", "{\"label\":\"x\",\"scope\":[]}");
    assertThat(misspelt.status()).isEqualTo(400);
    assertThat(misspelt.at("/detail")).contains("'scope'", "scopes");
    assertThat(user.post("/api/keys", "[]").at("/detail")).contains("form");
    assertThat(user.post("/api/keys", "{").at("/detail")).contains("no JSON");
    assertThat(user.post("/api/keys", "{\"label\":\"x\",\"scopes\":[\"b\"]}").status())
        .isEqualTo(400);
    Api.Answer made = user.post("/api/keys", "{\"label\":\"laptop\",\"days\":30}");
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    Api own = Api.of(router, "X-API-Key", made.at("/key"));
    assertThat(own.get("/api/keys").body()).contains("laptop").doesNotContain(made.at("/key"));
    assertThat(own.delete("/api/keys/" + made.at("/details/id")).status()).isEqualTo(204);
    await().untilAsserted(() -> assertThat(own.get("/api/keys").status()).isEqualTo(401));
  }
}
