package io.mcprouter.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the router keeps what it must not lose. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The directory of the router's own database (default: data).")
  private @Nullable Path directory;

  void addTo(List<String> arguments) {
    RunCommand.add(arguments, "mcp-router.store.data", directory);
  }
}
