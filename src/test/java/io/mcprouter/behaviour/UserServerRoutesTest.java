package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.routing.RunningServer;
import io.mcprouter.routing.UserServerSource;
import io.mcprouter.testkit.Api;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.South;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Users' servers as routes: made when their users come, let go when they are away. */
class UserServerRoutesTest {
  private static Peer peer;
  private static RouterUnderTest router;

  @BeforeAll
  static void start() {
    peer = Peer.behaviour(South.HTTP);
    router = RouterUnderTest.start(file(), "mcp-router.user-servers.enabled=true");
  }

  @AfterAll
  static void stop() {
    router.close();
    peer.close();
  }

  private static String file() {
    return "mcpSettings: {allowedAddresses: [\"127.0.0.1:"
        + peer.port()
        + "\"]}\nmcpServers:\n  common: "
        + Peer.behaviour(South.STDIO).entry()
        + "\n";
  }

  private static String newcomer() {
    return "u" + UUID.randomUUID().toString().substring(0, 8);
  }

  private static ObjectNode entry(String header, String value) {
    ObjectNode entry = peer.entry();
    entry.putObject("headers").put(header, value);
    return entry;
  }

  private static void add(String user, String name, ObjectNode entry) {
    Api api = Api.of(router, "X-MCP-User-Id", user);
    Api.Answer answer = api.put("/api/user-servers/" + name, entry.toString());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void many_users_come_at_once_and_each_finds_their_own() throws Exception {
    List<String> users = IntStream.range(0, 12).mapToObj(each -> newcomer()).toList();
    for (String user : users) {
      add(user, "crowded", entry("X-Key", "key-of-" + user));
    }
    router.bean(RouteInstaller.class).letGo(Duration.ZERO, (server, owner) -> false);
    List<Callable<List<String>>> visits =
        users.stream().<Callable<List<String>>>map(user -> () -> visit(user)).toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<String>>> said = threads.invokeAll(visits);
      for (int i = 0; i < users.size(); i++) {
        String key = "\"x-key\":\"key-of-" + users.get(i) + "\"";
        assertThat(said.get(i).get()).hasSize(20).allMatch(headers -> headers.contains(key));
      }
    }
  }

  private static List<String> visit(String user) {
    try (McpClient client = McpClient.of(router).user(user).connect()) {
      return IntStream.range(0, 20).mapToObj(each -> client.say("crowded__headers", "{}")).toList();
    }
  }

  @Test
  void what_nobody_uses_has_no_route() {
    String user = newcomer();
    add(user, "resting", entry("X-Any", "any"));
    RouteInstaller routes = router.bean(RouteInstaller.class);
    assertThat(routes.ofUsers()).anyMatch(server -> server.shownName().equals("resting"));
    routes.letGo(Duration.ZERO, (server, owner) -> false);
    assertThat(routes.ofUsers()).noneMatch(server -> server.shownName().equals("resting"));
    CamelContext camel = router.bean(CamelContext.class);
    await()
        .untilAsserted(
            () -> {
              assertThat(camel.getRoutes()).noneMatch(route -> route.getId().contains("resting"));
              assertThat(camel.getEndpoints())
                  .noneMatch(endpoint -> endpoint.getEndpointUri().contains("resting"));
            });
    try (McpClient client = McpClient.of(router).server("resting").user(user).connect()) {
      assertThat(client.say("echo", "{\"message\":\"back\"}")).isEqualTo("back");
      routes.letGo(Duration.ZERO, (server, owner) -> false);
      assertThat(client.say("echo", "{\"message\":\"again\"}")).isEqualTo("again");
    }
  }

  @Test
  void only_so_many_are_in_use_at_once_and_who_was_there_just_now_is_spared() {
    try (RouterUnderTest small =
            RouterUnderTest.start(
                file(),
                "mcp-router.user-servers.enabled=true",
                "mcp-router.user-servers.max-running=1");
        McpClient client = McpClient.of(small).user("ada").connect()) {
      Api ada = Api.of(small, "X-MCP-User-Id", "ada");
      Api bo = Api.of(small, "X-MCP-User-Id", "bo");
      ada.put("/api/user-servers/one", entry("X-Any", "any").toString());
      McpClient.Pending busy = client.start("one__sleep", "{\"ms\":60000,\"label\":\"busy\"}");
      await()
          .until(
              () ->
                  small.bean(RouteInstaller.class).ofUsers().stream()
                      .anyMatch(server -> server.openCalls() == 1));
      Api.Answer full = bo.put("/api/user-servers/two", entry("X-Any", "any").toString());
      assertThat(full.at("/connection/reason")).contains("max-running", "try again later");
      client.cancel(busy);
      RouteInstaller routes = small.bean(RouteInstaller.class);
      await().until(() -> routes.ofUsers().stream().allMatch(server -> server.openCalls() == 0));
      bo.put("/api/user-servers/two", entry("X-Any", "other").toString());
      assertThat(routes.ofUsers()).extracting(RunningServer::shownName).containsExactly("one");
      routes.letGo(Duration.ZERO, (server, owner) -> false);
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(bo.get("/api/user-servers/two").at("/connection/status"))
                      .isEqualTo("disconnected"));
      assertThat(running(small)).isEqualTo(1);
      assertThat(bo.post("/api/servers/two/initialize").json().at("/success").asBoolean()).isTrue();
    }
  }

  @Test
  void who_cannot_be_told_what_is_theirs_is_answered_nevertheless() throws Exception {
    try (RouterUnderTest broken =
        RouterUnderTest.start(file(), "mcp-router.user-servers.enabled=true")) {
      UserServerSource source =
          (tenant, user) -> {
            throw new StackOverflowError("thrown by the test");
          };
      broken.bean(RouteInstaller.class).serveUsers(source, 1, (server, owner) -> false);
      HttpRequest request =
          HttpRequest.newBuilder(broken.uri("/mcp"))
              .header("X-MCP-User-Id", "ada")
              .timeout(Duration.ofSeconds(30))
              .build();
      try (HttpClient client = HttpClient.newHttpClient()) {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("which servers you added");
      }
    }
  }

  private static long running(RouterUnderTest router) {
    return router.bean(RouteInstaller.class).ofUsers().size();
  }

  @Test
  void the_servers_are_there_after_a_restart_and_no_route_is_made_before_they_are_used() {
    String[] settings = {
      "mcp-router.user-servers.enabled=true",
      "mcp-router.store.url=jdbc:h2:mem:restart;DB_CLOSE_DELAY=-1",
      "mcp-router.store.master-key=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
    };
    try (RouterUnderTest first = RouterUnderTest.start(file(), settings)) {
      Api ada = Api.of(first, "X-MCP-User-Id", "ada");
      assertThat(ada.put("/api/user-servers/kept", entry("X-Key", "after").toString()).status())
          .isEqualTo(200);
    }
    try (RouterUnderTest second = RouterUnderTest.start(file(), settings);
        McpClient other = McpClient.of(second).user("bo").connect()) {
      await().until(() -> !other.tools().isEmpty());
      assertThat(second.bean(RouteInstaller.class).ofUsers()).isEmpty();
      try (McpClient client = McpClient.of(second).user("ada").connect()) {
        assertThat(client.say("kept__headers", "{}")).contains("after");
      }
    }
  }
}
