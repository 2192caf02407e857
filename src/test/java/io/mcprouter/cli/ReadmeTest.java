package io.mcprouter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcprouter.config.McpServersFile;
import io.mcprouter.config.reader.McpServersReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages tell a newcomer to type is what the program takes. */
class ReadmeTest {
  private static final String README = "README.md";
  private static final String GETTING_STARTED = "docs/getting-started.md";
  private static final String JAR = "java -jar target/mcp-router.jar";

  /** {@link RunProcessTest} starts the router and runs the second of these. */
  @Test
  void the_first_two_commands_run_the_router_and_call_the_demo_server() throws IOException {
    List<String> commands = Readme.blocks(README, "sh").stream().map(String::strip).toList();

    assertThat(commands).startsWith("mvn -q -B spring-boot:run");
    assertThat(commands.get(1))
        .isEqualTo(
            "mvn -q -B spring-boot:run -Dspring-boot.run.arguments=\""
                + String.join(" ", Readme.firstCall())
                + "\"");
    assertThat(commands).contains("mvn -B verify");
  }

  static Stream<String> commandsOfTheJar() throws IOException {
    return Stream.of(README, GETTING_STARTED, "docs/how-to/credentials.md", "docs/how-to/stores.md")
        .flatMap(
            page -> {
              try {
                return Readme.blocks(page, "sh").stream();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            })
        .flatMap(String::lines)
        .filter(line -> line.startsWith(JAR))
        .map(line -> line.substring(JAR.length()).replaceFirst("#.*", "").strip());
  }

  @ParameterizedTest(name = "mcp-router {0}")
  @MethodSource("commandsOfTheJar")
  void every_command_line_is_one_that_the_program_takes(String line) {
    String[] args = line.isEmpty() ? new String[0] : line.split(" ");

    assertThatCode(
            () ->
                Commands.line(new PrintWriter(Writer.nullWriter())).parseArgs(Commands.orRun(args)))
        .doesNotThrowAnyException();
  }

  @Test
  void every_client_snippet_is_well_formed() throws IOException {
    ObjectMapper json = new ObjectMapper();
    for (String block : Readme.blocks(README, "json")) {
      assertThat(json.readTree(block).size()).isOne();
    }
    assertThat(Readme.blocks(README, "json")).hasSize(3);
  }

  @Test
  void every_servers_file_is_one_that_the_router_takes() throws IOException {
    McpServersReader reader = new McpServersReader(name -> "set", true);
    List<String> files =
        Stream.concat(
                Readme.blocks(README, "yaml").stream(),
                Readme.blocks(GETTING_STARTED, "yaml").stream())
            .filter(block -> block.contains("mcpServers:"))
            .toList();

    assertThat(files).hasSize(2);
    for (String file : files) {
      McpServersFile read = reader.read("snippet", file);
      assertThat(read.faults()).isEmpty();
    }
  }
}
