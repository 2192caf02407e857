package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.credential.ApiKeys;
import io.mcprouter.credential.Invalidations;
import io.mcprouter.credential.NewKey;
import io.mcprouter.credential.Owner;
import io.mcprouter.testkit.Api;
import io.mcprouter.testkit.Database;
import io.mcprouter.testkit.LoadBalancer;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RouterProcess;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import io.mcprouter.testkit.StoreUnderTest;
import io.mcprouter.testkit.auth.Browser;
import io.mcprouter.testkit.auth.Endpoint;
import io.mcprouter.testkit.auth.IssuedToken;
import io.mcprouter.testkit.auth.ProtectedMcpServer;
import io.mcprouter.testkit.auth.ScriptedAuthorizationServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two routers in processes of their own, on one PostgreSQL, behind one public address: what a user
 * does at one of them holds at the other.
 */
class TwoNodesTest {
  private static final String MASTER_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
  private static final int CALLS = 200;

  private static final List<AutoCloseable> running = new ArrayList<>();
  private static StoreUnderTest database;
  private static ApiKeys keys;
  private static ScriptedAuthorizationServer issuer;
  private static LoadBalancer balancer;
  private static RouterProcess first;
  private static RouterProcess second;
  private static Peer notes;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    database = closing(StoreUnderTest.on(Database.POSTGRESQL));
    keys =
        new ApiKeys(
            database.store(),
            database.closing(Invalidations.open(database.store(), Clock.systemUTC())),
            Clock.systemUTC());
    issuer = closing(ScriptedAuthorizationServer.start());
    balancer = closing(LoadBalancer.start());
    notes = closing(Peer.behaviour(South.HTTP));
    String allowed =
        "{\"mcpSettings\":{\"allowedAddresses\":[\"127.0.0.1:" + notes.port() + "\"]},";
    Path servers =
        Files.writeString(
            directory.resolve("servers.yaml"), allowed + servers().toString().substring(1));
    first = node(directory.resolve("first"), servers);
    second = node(directory.resolve("second"), servers);
    balancer.add(first.control());
    balancer.add(second.control());
  }

  private static ServersFile servers() {
    ObjectNode tickets = Peer.behaviour(South.STDIO).entry();
    tickets.withObject("/env").put("TICKETS_KEY", "{{TICKETS_KEY}}");
    tickets.putObject("customUserVars").putObject("TICKETS_KEY").put("title", "Key for tickets");
    ProtectedMcpServer guarded = closing(ProtectedMcpServer.start(issuer));
    return new ServersFile().with("tickets", tickets).with("guarded", guarded.entry(South.HTTP));
  }

  private static RouterProcess node(Path directory, Path servers) throws Exception {
    Map<String, String> environment =
        Map.of(
            "MCP_ROUTER_MASTER_KEY",
            MASTER_KEY,
            "MCP_ROUTER_STORE_URL",
            String.valueOf(database.settings().url()));
    return closing(
        RouterProcess.start(
            Files.createDirectory(directory),
            environment,
            "--config",
            servers.toString(),
            "--mcp-router.public-url=" + balancer.url(),
            "--mcp-router.authentication.api-keys=true",
            "--mcp-router.user-servers.enabled=true"));
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(60));
  }

  private static <T extends AutoCloseable> T closing(T part) {
    running.addFirst(part);
    return part;
  }

  @AfterAll
  static void stop() throws Exception {
    for (RouterProcess node : List.of(first, second)) {
      node.stop();
      assertThat(node.log()).doesNotContain("ERROR", "Exception");
    }
    for (AutoCloseable part : running) {
      part.close();
    }
  }

  /** A user with a key of their own. */
  private record User(ApiKeys.Created key) {
    static User named(String name) {
      return new User(
          keys.create(
              new NewKey(
                  new Owner("", name), Map.of("name", name), "test", Set.of(), Set.of(), null)));
    }

    Api at(RouterProcess node) {
      return Api.of(node.control(), "X-API-Key", key.text());
    }

    McpClient client(RouterProcess node) {
      return McpClient.of(node.clients()).header("X-API-Key", key.text()).connect();
    }

    /** Logs in from the one node's offer, by requests that reach both nodes in turn. */
    void logIn() {
      at(first).post("/api/servers/guarded/initialize");
      String link = at(second).get("/api/logins").at("/0/authorizationUrl");
      assertThat(link).startsWith(balancer.url().toString());
      try (Browser browser = new Browser().header("X-API-Key", key.text())) {
        assertThat(browser.open(URI.create(link)).body()).contains("Connected", "guarded");
      }
    }

    String status(RouterProcess node) {
      return at(node).get("/api/servers/guarded/status").at("/status");
    }
  }

  @Test
  void a_login_is_begun_at_one_node_and_ends_at_the_other() {
    User ada = User.named("ada");
    int before = balancer.served().size();

    ada.logIn();

    assertThat(balancer.served().stream().skip(before)).contains(first.control(), second.control());
    for (RouterProcess node : List.of(first, second)) {
      try (McpClient client = ada.client(node)) {
        assertThat(client.say("guarded__whoami", "{}")).contains("\"subject\":\"user-1\"");
      }
    }
  }

  @Test
  void parallel_calls_with_an_ended_token_refresh_it_once() {
    User bo = User.named("bo");
    bo.logIn();
    List<McpClient> clients = Stream.of(first, second, first, second).map(bo::client).toList();
    try {
      clients.forEach(client -> client.say("guarded__whoami", "{}"));
      issuer.expireAccessTokens();
      issuer.forgetRequests();

      callAtOnce(clients);

      assertThat(issuer.tokenRequests("refresh_token")).hasSize(1);
    } finally {
      clients.forEach(McpClient::close);
    }
  }

  @Test
  void parallel_calls_with_a_token_whose_time_is_over_refresh_it_once() {
    issuer.script().accessLifetime(Duration.ofSeconds(2));
    User cy = User.named("cy");
    cy.logIn();
    IssuedToken old = issuer.issued().getLast();
    issuer.script().accessLifetime(Duration.ofHours(1));
    issuer.forgetRequests();
    List<McpClient> clients = Stream.of(first, second, first, second).map(cy::client).toList();
    try {
      await().until(() -> old.expiry().isBefore(Instant.now()));

      callAtOnce(clients);

      assertThat(issuer.tokenRequests("refresh_token")).hasSize(1);
    } finally {
      clients.forEach(McpClient::close);
    }
  }

  private static void callAtOnce(List<McpClient> clients) {
    List<McpClient.Pending> calls =
        IntStream.range(0, CALLS)
            .mapToObj(at -> clients.get(at % clients.size()).start("guarded__whoami", "{}"))
            .toList();
    assertThat(calls.stream().map(McpClient.Pending::reply))
        .hasSize(CALLS)
        .allSatisfy(reply -> assertThat(reply.raw()).contains("user-1"));
  }

  @Test
  void a_logout_at_one_node_closes_the_session_at_the_other() {
    User dan = User.named("dan");
    dan.logIn();
    try (McpClient client = dan.client(second)) {
      client.say("guarded__whoami", "{}");
      assertThat(dan.status(second)).isEqualTo("connected");

      assertThat(dan.at(first).delete("/api/servers/guarded/login").status()).isEqualTo(204);

      assertThat(issuer.requests(Endpoint.REVOCATION)).isNotEmpty();
      await().untilAsserted(() -> assertThat(dan.status(second)).isEqualTo("oauth_required"));
      Message refused = client.call("guarded__whoami");
      assertThat(refused.isError()).as(refused.raw()).isTrue();
    }
  }

  @Test
  void variables_that_are_saved_at_one_node_are_used_at_the_other() {
    User eve = User.named("eve");
    save(eve, "old-value");
    try (McpClient client = eve.client(second)) {
      assertThat(client.say("tickets__env", "{\"name\":\"TICKETS_KEY\"}")).contains("old-value");

      save(eve, "new-value");

      await()
          .untilAsserted(
              () ->
                  assertThat(client.say("tickets__env", "{\"name\":\"TICKETS_KEY\"}"))
                      .contains("new-value"));
      eve.at(first).delete("/api/servers/tickets/variables");
      await()
          .untilAsserted(
              () ->
                  assertThat(client.call("tickets__env", "{\"name\":\"TICKETS_KEY\"}").raw())
                      .contains("TICKETS_KEY", "error"));
    }
  }

  private static void save(User user, String value) {
    Api.Answer saved =
        user.at(first).put("/api/servers/tickets/variables", "{\"TICKETS_KEY\":\"" + value + "\"}");
    assertThat(saved.status()).as(saved.body()).isEqualTo(200);
  }

  @Test
  void a_key_that_is_revoked_at_one_node_is_refused_at_the_other() {
    User fay = User.named("fay");
    assertThat(fay.at(second).get("/api/servers").status()).isEqualTo(200);

    fay.at(first).delete("/api/keys/" + fay.key().key().id());

    await()
        .untilAsserted(
            () -> assertThat(fay.at(second).get("/api/servers").status()).isEqualTo(401));
    assertThat(fay.at(second).get("/api/servers").body()).doesNotContain(fay.key().text());
  }

  /** The change is made behind the nodes' backs: nothing but the lost connection can tell them. */
  @Test
  void a_node_that_may_have_missed_news_reads_everything_anew() {
    User gil = User.named("gil");
    List<RouterProcess> nodes = List.of(first, second);
    nodes.forEach(node -> assertThat(gil.at(node).get("/api/servers").status()).isEqualTo(200));
    database
        .store()
        .jdbc()
        .sql("UPDATE api_keys SET revoked_at = now() WHERE user_id = 'gil'")
        .update();
    nodes.forEach(node -> assertThat(gil.at(node).get("/api/servers").status()).isEqualTo(200));

    List<Boolean> lost =
        database
            .store()
            .jdbc()
            .sql(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND application_name = 'mcp-router news'""")
            .query((row, at) -> row.getBoolean(1))
            .list();
    assertThat(lost).as("of two nodes and this test").hasSize(3).containsOnly(true);

    nodes.forEach(
        node ->
            await()
                .untilAsserted(
                    () -> assertThat(gil.at(node).get("/api/servers").status()).isEqualTo(401)));
  }

  @Test
  void a_server_that_a_user_adds_on_one_node_is_there_on_the_other_and_gone_with_it() {
    User user = User.named("adder");
    String entry = "{\"type\":\"http\",\"url\":" + notes.entry().get("url") + "}";
    try (McpClient client = user.client(second)) {
      assertThat(client.tools()).noneMatch(tool -> tool.startsWith("notes"));
      assertThat(user.at(first).put("/api/user-servers/notes", entry).status()).isEqualTo(200);
      client.awaitMessage("notifications/tools/list_changed");
      await().untilAsserted(() -> assertThat(client.tools()).contains("notes__echo"));
      assertThat(client.say("notes__echo", "{\"message\":\"here\"}")).isEqualTo("here");
      assertThat(user.at(first).delete("/api/user-servers/notes").status()).isEqualTo(204);
      await().untilAsserted(() -> assertThat(client.call("notes__echo").raw()).contains("Unknown"));
      assertThat(user.at(second).get("/api/servers/notes").status()).isEqualTo(404);
    }
  }
}
