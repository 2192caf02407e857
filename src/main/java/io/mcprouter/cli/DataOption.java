package io.mcprouter.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the router keeps what it must not lose. */
final class DataOption {
  /** The setting that the option stands for. */
  static final String KEY = "mcp-router.store.data";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The directory of the router's own database (default: data; of stdio: one in the user's"
              + " home).")
  private @Nullable Path directory;

  void addTo(List<String> arguments) {
    RunCommand.add(arguments, KEY, directory);
  }
}
