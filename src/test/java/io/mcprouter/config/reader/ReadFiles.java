package io.mcprouter.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.config.Environment;
import io.mcprouter.config.Fault;
import io.mcprouter.config.McpServersFile;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.ServerSet;
import java.util.List;
import java.util.Map;

/** Reads texts as files in tests. */
final class ReadFiles {
  static final Environment ENVIRONMENT =
      Map.of("HOME", "/home/somebody", "BASE_URL", "https://example.org", "TOKEN", "t0ken")::get;

  private ReadFiles() {}

  static McpServersFile read(String text) {
    return new McpServersReader(ENVIRONMENT, false).read("servers.yaml", text);
  }

  static McpServersFile readStrictly(String text) {
    return new McpServersReader(ENVIRONMENT, true).read("servers.yaml", text);
  }

  static ServerSet accepted(String text) {
    McpServersFile file = read(text);
    assertThat(file).as("%s", file.faults()).isInstanceOf(McpServersFile.Accepted.class);
    return ((McpServersFile.Accepted) file).servers();
  }

  /** The one server of a file whose entry {@code a} has these lines. */
  static ServerDefinition server(String lines) {
    ServerSet set = accepted(entry(lines));
    assertThat(set.failed()).isEmpty();
    return set.server("a").orElseThrow();
  }

  static String entry(String lines) {
    return "mcpServers:\n  a:\n" + lines.stripTrailing().indent(4);
  }

  static List<String> errors(McpServersFile file) {
    return file.faults().stream().filter(Fault::isError).map(Fault::toString).toList();
  }

  static List<String> warnings(McpServersFile file) {
    return file.faults().stream().filter(f -> !f.isError()).map(Fault::toString).toList();
  }
}
