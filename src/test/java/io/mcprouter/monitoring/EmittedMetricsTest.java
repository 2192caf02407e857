package io.mcprouter.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A router with servers of all fates, under a load that makes every outcome happen once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmittedMetricsTest {
  private static final String SERVERS =
      """
      mcpServers:
        child:
          type: stdio
          command: %s
          args: ["%s", stdio]
          timeout: 1500
        http:
          type: streamable-http
          url: %s
        gone:
          type: streamable-http
          url: http://127.0.0.1:9/mcp?key=secret
        untried:
          type: sse
          url: http://127.0.0.1:9/sse
          startup: false
          router: {template: circuit-breaker}
        broken:
          url: nowhere
      """;

  @TempDir private static Path directory;

  private BehaviourServer http;
  private TestRouter router;

  @BeforeAll
  void load() throws IOException, InterruptedException {
    http = new BehaviourServer();
    List<String> node = BehaviourServer.command();
    Path file = directory.resolve("mcp-servers.yaml");
    Files.writeString(file, SERVERS.formatted(node.get(0), node.get(1), http.url()));
    Files.createDirectory(directory.resolve("routes"));
    router =
        new TestRouter(
            file,
            "--mcp-router.sessions.max-pending-calls=2",
            "--mcp-router.routes.directory=" + directory.resolve("routes"));
    router.open();
    TestRouter.Client child = router.client("child");
    child.call("echo", "{\"message\":\"hello\"}");
    child.call("fail", "{}");
    child.call("throw", "{}");
    child.send("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"user@example.org\"}").join();
    CompletableFuture.allOf(
            Stream.of(1, 2, 3, 4)
                .map(each -> child.later("sleep", "{\"ms\":3000}"))
                .toArray(CompletableFuture<?>[]::new))
        .join();
    child.call("die", "{}");
    router.client("http").call("echo", "{\"message\":\"hello\"}");
  }

  @AfterAll
  void stop() {
    router.close();
    http.close();
  }

  private List<String> scrape() throws IOException, InterruptedException {
    return router.actuator("prometheus").body().lines().toList();
  }

  @Test
  void every_metric_of_the_dashboard_and_the_alert_rules_is_emitted() throws Exception {
    List<String> scrape = scrape();
    for (String expression : MonitoringFiles.expressions()) {
      assertThat(Expressions.series(expression))
          .allSatisfy(
              series ->
                  assertThat(scrape).as("%s in %s", series, expression).anyMatch(series::isIn));
    }
    assertThat(MonitoringFiles.expressions().stream().flatMap(e -> Expressions.series(e).stream()))
        .as("series that are asked for")
        .hasSizeGreaterThan(40);
  }

  @Test
  void each_outcome_is_a_label() throws Exception {
    assertThat(scrape())
        .anyMatch(calls("child", "tools/call", "ok")::isIn)
        .anyMatch(calls("child", "tools/call", "tool_error")::isIn)
        .anyMatch(calls("child", "tools/call", "error")::isIn)
        .anyMatch(calls("child", "tools/call", "timeout")::isIn)
        .anyMatch(calls("child", "tools/call", "limit")::isIn)
        .anyMatch(calls("child", "tools/call", "connection_lost")::isIn)
        .anyMatch(calls("gone", "initialize", "unavailable")::isIn)
        .anyMatch(calls("child", "other", "error")::isIn);
  }

  private static Expressions.Series calls(String server, String method, String outcome) {
    return new Expressions.Series(
        "mcp_router_calls_seconds_count",
        Map.of("server", server, "method", method, "outcome", outcome));
  }

  @Test
  void no_method_user_or_address_of_a_peer_is_a_label() throws Exception {
    assertThat(scrape())
        .noneMatch(line -> line.contains("example.org"))
        .noneMatch(line -> line.startsWith("mcp_") && line.contains("127.0.0.1"))
        .noneMatch(line -> line.contains("secret"));
  }

  @Test
  void a_server_is_up_down_or_untried() throws Exception {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(scrape())
                    .contains(up("http", "streamable-http", "1.0"))
                    .contains(up("gone", "streamable-http", "0.0"))
                    .contains(up("untried", "sse", "NaN")));
  }

  private static String up(String server, String transport, String value) {
    return "mcp_router_server_up{application=\"mcp-router\",server=\"%s\",transport=\"%s\"} %s"
        .formatted(server, transport, value);
  }

  @Test
  void a_server_that_is_down_shows_in_its_own_health_group_alone() throws Exception {
    assertThat(router.actuator("health").statusCode()).isEqualTo(200);
    assertThat(router.actuator("health/readiness").statusCode()).isEqualTo(200);
    assertThat(router.actuator("health/liveness").statusCode()).isEqualTo(200);
    JsonNode servers = json("health/mcp").get("components").get("mcp").get("components");
    assertThat(servers.at("/http/status").asText()).isEqualTo("UP");
    assertThat(servers.at("/gone/status").asText()).isEqualTo("DOWN");
    assertThat(servers.at("/gone/details/reason").asText()).isEqualTo("unavailable");
    assertThat(servers.at("/gone/details/transport").asText()).isEqualTo("streamable-http");
    assertThat(servers.at("/untried/status").asText()).isEqualTo("UNKNOWN");
    assertThat(servers.at("/broken/status").asText()).isEqualTo("DOWN");
    assertThat(servers.toString()).doesNotContain("secret").doesNotContain("127.0.0.1");
  }

  @Test
  void the_route_files_are_listed_for_operators_and_a_wrong_one_shows_in_its_own_health_group()
      throws Exception {
    Path broken = directory.resolve("routes").resolve("broken.camel.yaml");
    Files.writeString(broken, "- rout:\n    id: x\n");
    await()
        .untilAsserted(
            () -> {
              assertThat(json("health/routes").get("status").asText()).isEqualTo("DOWN");
              assertThat(json("routefiles").toString()).contains("broken.camel.yaml:1:");
              assertThat(json("health/routes").toString())
                  .contains("broken.camel.yaml:1:", "/actuator/routefiles");
            });
    assertThat(json("health").get("status").asText()).isEqualTo("UP");
    assertThat(scrape())
        .contains("mcp_router_route_files{application=\"mcp-router\",state=\"wrong\"} 1.0");
    Files.delete(broken);
    await()
        .untilAsserted(
            () -> assertThat(json("health/routes").get("status").asText()).isEqualTo("UP"));
  }

  @Test
  void the_servers_are_listed_for_operators() throws Exception {
    JsonNode servers = json("mcpservers").get("servers");
    assertThat(servers)
        .extracting(server -> server.get("name").asText() + " " + server.get("state").asText())
        .contains("http UP", "gone DOWN", "untried UNKNOWN", "broken FAILED");
  }

  private JsonNode json(String path) throws IOException, InterruptedException {
    return new ObjectMapper().readTree(router.actuator(path).body());
  }
}
