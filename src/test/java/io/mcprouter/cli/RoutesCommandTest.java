package io.mcprouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of routes that is tried on the command line. */
class RoutesCommandTest {
  /** The route that the README shows. */
  private static final String ROUTES = readme();

  @TempDir private Path directory;

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
    Path servers = Files.writeString(directory.resolve("servers.yaml"), "mcpServers: {}\n");
    return Ran.command(
        "routes", "run", file.toString(), call[0], call[1], "--config", servers.toString());
  }
}
