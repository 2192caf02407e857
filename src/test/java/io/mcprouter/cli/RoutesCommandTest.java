package io.mcprouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.testkit.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of routes that is tried on the command line. */
class RoutesCommandTest {
  /** The route that the README shows. */
  private static final String ROUTES = readme();

  @TempDir private Path directory;
  private String servers = "mcpServers: {}\n";

  @Test
  void a_tool_of_the_file_is_called() throws Exception {
    Ran ran = run(ROUTES, "routes__order_status", "id=7");
    assertThat(ran.err()).contains("orders.camel.yaml: routes order-status");
    assertThat(ran.out()).isEqualTo("Order 7 is on its way." + System.lineSeparator());
    assertThat(ran.exit()).isZero();
  }

  @Test
  void what_is_wrong_in_the_file_is_said_with_its_place() throws Exception {
    Ran ran = run(ROUTES.replace("setBody", "setBodi"), "routes__order_status", "id=7");
    assertThat(ran.err()).contains("orders.camel.yaml:10:").contains("setBodi");
    assertThat(ran.exit()).isOne();
  }

  @Test
  void a_file_that_is_wrong_ends_the_command_also_where_no_tool_is_called() throws Exception {
    Ran ran = run(ROUTES.replace("setBody", "setBodi"));
    assertThat(ran.err()).contains("orders.camel.yaml:10:").contains("setBodi");
    assertThat(ran.out()).isEmpty();
    assertThat(ran.exit()).isOne();
  }

  @Test
  void a_tool_of_the_file_is_found_by_its_plain_name() throws Exception {
    Ran ran = run(ROUTES, "order_status", "id=7");
    assertThat(ran.out()).isEqualTo("Order 7 is on its way." + System.lineSeparator());
    assertThat(ran.exit()).isZero();
  }

  @Test
  void no_server_is_started_that_the_call_does_not_need() throws Exception {
    Path started = directory.resolve("started");
    servers =
        """
        mcpServers:
          other: {command: touch, args: ["%s"]}
          demo: {command: mcp-router, args: [demo-server]}
        """
            .formatted(started);
    Ran own = run(ROUTES, "order_status", "id=7");
    Ran unknown = run(ROUTES, "order_state", "id=7");

    assertThat(own.exit()).isZero();
    assertThat(unknown.exit()).isOne();
    assertThat(unknown.err())
        .contains("Unknown tool: order_state. Did you mean 'order_status'?")
        .contains("orders.camel.yaml makes routes__order_status.");
    assertThat(run(ROUTES, "none__order_status", "id=7").err())
        .contains("Unknown tool: none__order_status");
    Ran demo = run(ROUTES, "demo__echo", "message=hello");
    assertThat(demo.out()).as(demo.err()).isEqualTo("hello" + System.lineSeparator());
    assertThat(started).doesNotExist();
  }

  @Test
  void a_plain_name_that_two_servers_of_the_file_have_has_to_be_said_in_full() throws Exception {
    String twice =
        ROUTES
            + ROUTES
                .replaceFirst("id: [a-z-]+", "id: other")
                .replace("parameters:", "parameters:\n        server: archive");
    Ran ran = run(twice, "order_status", "id=7");
    assertThat(ran.err()).contains("name one of archive__order_status, routes__order_status");
    assertThat(ran.exit()).isOne();
    assertThat(run(twice, "archive__order_status", "id=7").exit()).isZero();
  }

  @Test
  void a_settings_file_that_the_routes_do_not_need_can_be_left_out() throws Exception {
    Path settings = Files.createDirectory(directory.resolve("config")).resolve("application.yaml");
    Files.writeString(
        settings, "mcp-router.messages.keys.orders.secret: ${A_SECRET_THAT_IS_NOT_SET}\n");
    Files.writeString(directory.resolve("config/mcp-servers.yaml"), "mcpServers: {}\n");
    Files.writeString(directory.resolve("orders.camel.yaml"), ROUTES);
    String[] run = {"routes", "run", "orders.camel.yaml", "order_status", "id=7", "--no-settings"};

    try (JavaProcess wrong = JavaProcess.start(directory, Arrays.copyOf(run, 5));
        JavaProcess right = JavaProcess.start(directory, run)) {
      assertThat(wrong.exitCode()).isOne();
      assertThat(wrong.errors())
          .contains("takes the variable A_SECRET_THAT_IS_NOT_SET")
          .contains("config/application.yaml was read; --no-settings leaves it out.");
      assertThat(right.lineWith("Order")).isEqualTo("Order 7 is on its way.");
      assertThat(right.exitCode()).isZero();
    }
  }

  @Test
  void help_says_when_it_ends() {
    assertThat(Ran.command("routes", "run", "--help").out())
        .contains("until it is stopped (Ctrl-C)", "SERVER__TOOL", "--no-settings");
  }

  @Test
  void a_file_that_is_not_there_is_said() {
    Ran ran = Ran.command("routes", "run", directory.resolve("none.camel.yaml").toString());
    assertThat(ran.err()).contains("There is no file");
    assertThat(ran.exit()).isOne();
  }

  private static String readme() {
    try {
      String page = Files.readString(Path.of("README.md"));
      int begin = page.indexOf("```yaml\n- route:") + "```yaml\n".length();
      return page.substring(begin, page.indexOf("```", begin));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Ran run(String yaml, String... call) throws IOException {
    Path file = Files.writeString(directory.resolve("orders.camel.yaml"), yaml);
    Path config = Files.writeString(directory.resolve("servers.yaml"), servers);
    List<String> line = new ArrayList<>(List.of("routes", "run", file.toString()));
    line.addAll(List.of(call));
    line.addAll(List.of("--config", config.toString()));
    return Ran.command(line.toArray(String[]::new));
  }
}
