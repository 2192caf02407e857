package io.mcprouter.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the route templates and the team's own routes are. */
final class RouteFiles {
  private static final Path DEFAULT = Path.of("routes");
  private static final String BUILT_IN = "routes/mcp-server.camel.yaml";

  @Option(
      names = "--routes",
      paramLabel = "DIR",
      description = "Directory with *.camel.yaml files (default: routes, if there is one).")
  private @Nullable Path directory;

  /**
   * The directory that was named, or null.
   *
   * @throws CommandFailure when there is none of that name
   */
  @Nullable Path directory() throws CommandFailure {
    Path named = directory;
    if (named != null && !Files.isDirectory(named)) {
      throw new CommandFailure("--routes: there is no directory " + named + ".");
    }
    return named;
  }

  /**
   * The places as Camel takes them: the directory, and the template inside the program where the
   * directory has none of its own.
   *
   * @throws CommandFailure when the directory was named and is none
   */
  String pattern() throws CommandFailure {
    Path named = directory();
    Path place = named == null ? DEFAULT : named;
    String builtIn = "classpath:" + BUILT_IN;
    if (!Files.isDirectory(place)) {
      return builtIn;
    }
    String own = "file:" + place + "/*.camel.yaml";
    return Files.exists(place.resolve("mcp-server.camel.yaml")) ? own : builtIn + "," + own;
  }
}
