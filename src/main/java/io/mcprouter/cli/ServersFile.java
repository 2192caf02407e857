package io.mcprouter.cli;

import io.mcprouter.config.Environment;
import io.mcprouter.config.McpServersFile;
import io.mcprouter.config.NearestName;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.ServerSet;
import io.mcprouter.config.reader.McpServersReader;
import io.mcprouter.wiring.BuiltInServers;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The file with mcpServers, as a command reads it that starts no router. */
final class ServersFile {
  static final Path DEFAULT = Path.of("config", "mcp-servers.yaml");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The file with mcpServers (default: config/mcp-servers.yaml).")
  private @Nullable Path file;

  /**
   * The servers of the file; its faults are printed.
   *
   * @throws CommandFailure when the file is wrong as a whole
   */
  ServerSet read(PrintWriter err) throws CommandFailure {
    McpServersFile read = contents();
    read.faults().forEach(fault -> err.println(FaultLine.of(fault)));
    return switch (read) {
      case McpServersFile.Accepted accepted -> accepted.servers();
      case McpServersFile.Refused refused ->
          throw new CommandFailure("The file cannot be used; see above.");
    };
  }

  private McpServersFile contents() {
    McpServersReader reader = new McpServersReader(Environment.ofProcess(), false);
    if (file == null && !Files.exists(DEFAULT)) {
      return BuiltInServers.read(reader);
    }
    return reader.read(file == null ? DEFAULT : file);
  }

  /** The server of that name, with a suggestion where there is none. */
  static ServerDefinition find(ServerSet servers, String name) throws CommandFailure {
    return find(servers, name, Set.of());
  }

  /** The same where the file is not all: others beside it are suggested too. */
  static ServerDefinition find(ServerSet servers, String name, Collection<String> others)
      throws CommandFailure {
    ServerDefinition found = servers.servers().get(name);
    if (found != null) {
      return found;
    }
    if (servers.failed().stream().anyMatch(failed -> failed.name().equals(name))) {
      throw new CommandFailure("The entry of '" + name + "' cannot be used; see above.");
    }
    List<String> known =
        Stream.concat(servers.servers().keySet().stream(), others.stream()).distinct().toList();
    throw new CommandFailure(
        "There is no server '"
            + name
            + "'"
            + NearestName.of(name, known)
                .map(nearest -> "; did you mean '" + nearest + "'?")
                .orElse("; there are: " + String.join(", ", known)));
  }
}
