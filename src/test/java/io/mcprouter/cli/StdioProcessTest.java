package io.mcprouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.testkit.JavaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that speak over standard streams, in raw messages. */
class StdioProcessTest {
  private static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"%s","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}\
      """;
  private static final String INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

  @TempDir Path directory;

  @Test
  void the_demo_server_answers_without_spring_and_ends_with_its_input() throws Exception {
    try (JavaProcess demo = JavaProcess.start(directory, "demo-server")) {
      demo.send(INITIALIZE.formatted("2024-11-05"));
      assertThat(demo.line()).contains("\"protocolVersion\":\"2024-11-05\"", "mcp-router-demo");
      demo.send(INITIALIZED);
      demo.send(
          "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":{\"message\":\"hi\"}}}");
      assertThat(demo.line())
          .isEqualTo(
              "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}}");
      demo.endInput();

      assertThat(demo.line()).isNull();
      assertThat(demo.exitCode()).isZero();
      assertThat(demo.errors()).isEmpty();
    }
  }

  @Test
  void one_client_is_served_with_the_whole_router_inside() throws Exception {
    Files.writeString(
        directory.resolve("servers.yaml"),
        "mcpServers:\n  demo: {command: mcp-router, args: [demo-server]}\n");
    try (JavaProcess router =
        JavaProcess.start(
            directory, "stdio", "--config", "servers.yaml", "--server", "demo", "--data", "own")) {
      router.send(INITIALIZE.formatted("2025-06-18"));
      assertThat(router.line()).contains("\"id\":1", "mcp-router-demo");
      router.send(INITIALIZED);
      router.send(
          "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":\"tools/call\",\"params\":{\"name\":\"count\",\"arguments\":{\"to\":1,\"delayMs\":0},\"_meta\":{\"progressToken\":\"p\"}}}");
      assertThat(router.lineWith("notifications/progress")).contains("\"progressToken\":\"p\"");
      assertThat(router.lineWith("\"id\":\"x\"")).contains("Counted to 1.");
      router.send("this is no message");
      assertThat(router.lineWith("\"error\"")).contains("-32700");

      List<ProcessHandle> children = router.children().toList();
      assertThat(children).isNotEmpty();
      router.endInput();
      assertThat(router.exitCode()).isZero();
      assertThat(directory.resolve("own/router.mv.db")).exists();
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }
  }

  /** Clients start it anywhere, such as in the root directory, where nobody may write. */
  @Test
  void data_is_kept_in_the_users_home_unless_told_otherwise() throws Exception {
    Path named = directory.resolve("named");
    for (Map<String, String> environment :
        List.of(home(), Map.of("MCP_ROUTER_STORE_DATA", named.toString()))) {
      try (JavaProcess router = JavaProcess.start(directory, environment, "stdio")) {
        router.send(INITIALIZE.formatted("2025-06-18"));
        assertThat(router.line()).contains("\"id\":1");
        router.endInput();
        assertThat(router.exitCode()).isZero();
      }
    }

    assertThat(directory.resolve("home/mcp-router/router.mv.db")).exists();
    assertThat(named.resolve("router.mv.db")).exists();
    assertThat(directory.resolve("data")).doesNotExist();
  }

  private Map<String, String> home() {
    return Map.of("XDG_DATA_HOME", directory.resolve("home").toString());
  }

  @Test
  void there_must_be_something_to_serve() throws Exception {
    try (JavaProcess router =
        JavaProcess.start(directory, "stdio", "--data", "own", "--server", "nobody")) {
      assertThat(router.line()).isNull();
      assertThat(router.exitCode()).isOne();
      assertThat(router.errors()).contains("--server: there is no usable server 'nobody'");
    }
  }
}
