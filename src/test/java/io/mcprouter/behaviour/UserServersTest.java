package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.credential.Store;
import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.testkit.Api;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.North;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.South;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpFailure;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that users add for themselves: each is its user's own in every way. */
class UserServersTest {
  private static final Map<South, Peer> PEERS = new EnumMap<>(South.class);
  private static RouterUnderTest router;

  @BeforeAll
  static void start() {
    for (South south : List.of(South.HTTP, South.SSE, South.WEBSOCKET)) {
      PEERS.put(south, Peer.behaviour(south));
    }
    router = RouterUnderTest.start(file(), "mcp-router.user-servers.enabled=true");
  }

  @AfterAll
  static void stop() {
    router.close();
    PEERS.values().forEach(Peer::close);
  }

  /** The file has one server, and allows users what runs for this test. */
  private static String file(String... more) {
    StringBuilder text = new StringBuilder("mcpSettings:\n  allowedAddresses:\n");
    PEERS.values().forEach(peer -> text.append("    - 127.0.0.1:" + peer.port() + "\n"));
    text.append("mcpServers:\n");
    text.append("  common: ").append(Peer.behaviour(South.STDIO).entry()).append('\n');
    for (String line : more) {
      text.append("  ").append(line).append('\n');
    }
    return text.toString();
  }

  private static Api api(String user) {
    return Api.of(router, "X-MCP-User-Id", user);
  }

  private static String newcomer() {
    return "u" + UUID.randomUUID().toString().substring(0, 8);
  }

  private static ObjectNode entry(South south) {
    ObjectNode entry = PEERS.get(south).entry();
    entry.remove("headers");
    return entry;
  }

  private static ObjectNode entry(String header, String value) {
    ObjectNode entry = entry(South.HTTP);
    entry.putObject("headers").put(header, value);
    return entry;
  }

  private static void add(String user, String name, ObjectNode entry) {
    Api.Answer answer = api(user).put("/api/user-servers/" + name, entry.toString());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private static McpClient client(String user) {
    return McpClient.of(router).user(user).connect();
  }

  @ParameterizedTest
  @EnumSource(names = "STDIO", mode = EnumSource.Mode.EXCLUDE)
  void a_server_that_is_added_is_listed_and_called_at_once(South south) {
    String user = newcomer();
    try (McpClient client = client(user)) {
      assertThat(client.tools()).contains("common__echo").noneMatch(t -> t.startsWith("mine"));
      add(user, "mine", entry(south));
      client.awaitMessage("notifications/tools/list_changed");
      await().untilAsserted(() -> assertThat(client.tools()).contains("mine__echo"));
      assertThat(client.say("mine__echo", "{\"message\":\"hello\"}")).isEqualTo("hello");
      assertThat(client.say("common__echo", "{\"message\":\"still\"}")).isEqualTo("still");
    }
    assertThat(api(user).get("/api/user-servers/mine").at("/connection/status"))
        .isEqualTo("connected");
    assertThat(api(user).get("/api/servers/mine/status").at("/status")).isEqualTo("connected");
  }

  @ParameterizedTest
  @EnumSource
  void it_has_a_view_of_its_own_for_its_user_alone(North north) {
    String user = newcomer();
    add(user, "mine", entry(South.HTTP));
    try (McpClient client = McpClient.of(router).over(north).server("mine").user(user).connect()) {
      assertThat(client.initialized().isError()).as(client.initialized().raw()).isFalse();
      assertThat(client.tools()).contains("echo");
      assertThat(client.say("echo", "{\"message\":\"alone\"}")).isEqualTo("alone");
    }
  }

  @Test
  void for_everybody_else_it_does_not_exist() throws Exception {
    String owner = newcomer();
    add(owner, "hidden", entry(South.HTTP));
    try (McpClient client = client(owner)) {
      assertThat(client.say("hidden__echo", "{\"message\":\"x\"}")).isEqualTo("x");
    }
    String other = newcomer();
    try (McpClient client = client(other)) {
      assertThat(client.tools()).noneMatch(tool -> tool.startsWith("hidden"));
      assertThat(client.call("hidden__echo").raw().replace("hidden", "nothing"))
          .contains("Unknown tool: nothing__echo");
    }
    Api api = api(other);
    for (String path :
        List.of(
            "/api/user-servers/%s",
            "/api/servers/%s", "/api/servers/%s/status", "/api/servers/%s/variables")) {
      Api.Answer hidden = api.get(path.formatted("hidden"));
      Api.Answer nothing = api.get(path.formatted("nothing"));
      assertThat(hidden.status()).as(path).isEqualTo(404);
      assertThat(hidden.body().replace("hidden", "nothing")).isEqualTo(nothing.body());
    }
    assertThat(api.get("/api/user-servers").body()).isEqualTo("[]");
    assertThat(api.get("/api/servers").body()).doesNotContain("hidden");
    assertThat(api.delete("/api/user-servers/hidden").status()).isEqualTo(404);
    assertThat(api.post("/api/servers/hidden/initialize").status()).isEqualTo(404);
    assertThat(api.post("/api/servers/hidden/login").status()).isEqualTo(404);
    assertThat(initialize(other, "hidden").replace("hidden", "nothing"))
        .isEqualTo(initialize(other, "nothing"))
        .startsWith("404");
  }

  /** Not even under the router's own name of it. */
  @Test
  void the_routers_own_name_of_it_opens_nothing() throws Exception {
    String owner = newcomer();
    add(owner, "named", entry(South.HTTP));
    String id =
        router.bean(RouteInstaller.class).ofUsers().stream()
            .map(server -> server.name())
            .filter(name -> name.startsWith("named/"))
            .findFirst()
            .orElseThrow();
    String path = id.replace("/", "%2F");
    assertThat(initialize(newcomer(), path)).startsWith("404");
    assertThat(api(newcomer()).get("/api/servers/" + path + "/status").status()).isNotEqualTo(200);
    try (McpClient client = client(newcomer())) {
      assertThat(client.call(id + "__echo").isError()).isTrue();
    }
    CompletableFuture<McpFailure> refused = new CompletableFuture<>();
    router
        .bean(RouteInstaller.class)
        .send(
            id,
            Frame.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}"),
            new McpCall(
                new Caller(newcomer(), Map.of()),
                io.mcprouter.transport.spi.McpClient.NONE,
                CallStream.NONE),
            (reply, failure) -> refused.complete(failure));
    assertThat(refused.orTimeout(30, TimeUnit.SECONDS).join())
        .hasMessage("Server 'named': there is no such server");
  }

  private static String initialize(String user, String server) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(router.uri("/servers/" + server + "/mcp"))
            .timeout(Duration.ofSeconds(30))
            .header("X-MCP-User-Id", user)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{"
                        + "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                        + "\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}"))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  @Test
  void two_users_have_servers_of_one_name_and_never_meet() {
    String ada = newcomer();
    String bo = newcomer();
    add(ada, "twin", entry("X-Key", "key-of-ada"));
    add(bo, "twin", entry("X-Key", "key-of-bo"));
    try (McpClient first = client(ada);
        McpClient second = client(bo)) {
      assertThat(first.say("twin__headers", "{}")).contains("key-of-ada");
      assertThat(second.say("twin__headers", "{}")).contains("key-of-bo");
      assertThat(api(ada).delete("/api/user-servers/twin").status()).isEqualTo(204);
      assertThat(first.call("twin__headers").isError()).isTrue();
      assertThat(second.say("twin__headers", "{}")).contains("key-of-bo");
    }
  }

  @Test
  void a_replaced_server_is_another_one_and_other_servers_go_on() {
    String user = newcomer();
    add(user, "first", entry("X-Key", "one"));
    add(user, "second", entry(South.SSE));
    try (McpClient client = client(user)) {
      assertThat(client.say("first__headers", "{}")).contains("one");
      McpClient.Pending slow = client.start("second__sleep", "{\"ms\":3000,\"label\":\"kept\"}");
      add(user, "first", entry("X-Key", "two"));
      assertThat(client.say("first__headers", "{}")).contains("two");
      assertThat(slow.reply().isError()).isFalse();
    }
  }

  @Test
  void a_removed_server_is_gone_with_all_that_was_kept_for_it() {
    String user = newcomer();
    ObjectNode entry = entry("X-Key", "{{KEY}}");
    entry.putObject("customUserVars").putObject("KEY").put("title", "Key");
    add(user, "gone", entry);
    api(user).put("/api/servers/gone/variables", "{\"KEY\":\"s3cret-of-mine\"}");
    try (McpClient client = client(user)) {
      assertThat(client.say("gone__headers", "{}")).contains("s3cret-of-mine");
      assertThat(api(user).delete("/api/user-servers/gone").status()).isEqualTo(204);
      assertThat(client.tools()).noneMatch(tool -> tool.startsWith("gone"));
    }
    for (String table :
        List.of("user_servers", "user_variables", "user_variable_sets", "oauth_grants")) {
      assertThat(rows(table, user)).as(table).isZero();
    }
    add(user, "gone", entry);
    assertThat(api(user).get("/api/servers/gone/status").at("/status"))
        .isEqualTo("missing_variables");
  }

  private static long rows(String table, String user) {
    return router
        .bean(Store.class)
        .jdbc()
        .sql("SELECT COUNT(*) FROM " + table + " WHERE user_id = :user")
        .param("user", user)
        .query(Long.class)
        .single();
  }

  @Test
  void an_entry_never_comes_out_again_and_is_sealed() {
    String user = newcomer();
    add(user, "sealed", entry("X-Key", "canary-in-a-header"));
    assertThat(api(user).get("/api/user-servers").body()).doesNotContain("canary", "127.0.0.1");
    byte[] sealed =
        router
            .bean(Store.class)
            .jdbc()
            .sql("SELECT sealed FROM user_servers WHERE user_id = :user")
            .param("user", user)
            .query((row, at) -> row.getBytes("sealed"))
            .single();
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1))
        .doesNotContain("canary", "127.0.0.1");
  }

  @Test
  void the_audit_log_and_failures_have_the_users_name_of_it() {
    String user = newcomer();
    add(user, "audited", entry(South.HTTP));
    try (McpClient client = client(user)) {
      client.say("audited__echo", "{\"message\":\"x\"}");
      Message late = client.call("audited__die");
      assertThat(late.raw()).contains("Server 'audited'").doesNotContain("audited/");
    } finally {
      PEERS.get(South.HTTP).kill();
      PEERS.get(South.HTTP).start();
    }
    await()
        .untilAsserted(
            () -> {
              JsonNode entries = api(user).get("/api/audit").json().get("entries");
              assertThat(entries.findValuesAsText("server")).contains("audited");
              assertThat(entries.findValuesAsText("action"))
                  .contains("user-server.save", "tools/call");
              assertThat(entries.toString()).doesNotContain("audited/");
            });
  }

  @Test
  void all_users_servers_share_one_label_in_the_metrics() {
    String user = newcomer();
    add(user, "counted", entry(South.HTTP));
    try (McpClient client = client(user)) {
      client.say("counted__echo", "{\"message\":\"x\"}");
    }
    String metrics = api(user).get("/actuator/prometheus").body();
    assertThat(metrics).contains("server=\"user/*\"");
    assertThat(metrics.contains("counted/")).isFalse();
  }

  @Test
  void the_file_wins_a_name_and_gives_it_back() {
    String user = newcomer();
    add(user, "claimed", entry("X-Key", "mine"));
    try (McpClient client = client(user)) {
      assertThat(client.say("claimed__headers", "{}")).contains("mine");
      router.edit(file("claimed: " + Peer.behaviour(South.STDIO).entry()));
      await()
          .untilAsserted(
              () ->
                  assertThat(api(user).get("/api/user-servers/claimed").at("/connection/reason"))
                      .contains("administrator has a server of this name"));
      assertThat(client.say("claimed__headers", "{}")).doesNotContain("mine");
      router.edit(file());
      await()
          .untilAsserted(() -> assertThat(client.call("claimed__headers").raw()).contains("mine"));
    }
  }
}
