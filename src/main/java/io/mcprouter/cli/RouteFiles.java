package io.mcprouter.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the route templates and the team's own routes are. */
final class RouteFiles {
  private static final Path DEFAULT = Path.of("routes");
  private static final String SUFFIX = ".camel.yaml";

  /** The route templates inside the program: what every server is, and the guardrails. */
  static final List<String> BUILT_IN =
      List.of(
          "mcp-server",
          "guard-redact",
          "guard-retry",
          "guard-circuit-breaker",
          "guard-rate-limit",
          "guard-bulkhead",
          "guard-cache",
          "guard-result-limit",
          "guard-argument-rules",
          "guard-dry-run");

  @Option(
      names = "--routes",
      paramLabel = "DIR",
      description = "Directory with *.camel.yaml files (default: routes, if there is one).")
  private @Nullable Path directory;

  /**
   * The places as Camel takes them: the directory, and those files inside the program for which the
   * directory has none of its own.
   *
   * @throws CommandFailure when the directory was named and is none
   */
  String pattern() throws CommandFailure {
    Path named = directory;
    if (named != null && !Files.isDirectory(named)) {
      throw new CommandFailure("--routes: there is no directory " + named + ".");
    }
    Path place = named == null ? DEFAULT : named;
    boolean isThere = Files.isDirectory(place);
    Stream<String> builtIn =
        BUILT_IN.stream()
            .map(name -> name + SUFFIX)
            .filter(file -> !isThere || !Files.exists(place.resolve(file)))
            .map(file -> "classpath:routes/" + file);
    Stream<String> own = isThere ? Stream.of("file:" + place + "/*" + SUFFIX) : Stream.empty();
    return Stream.concat(builtIn, own).collect(Collectors.joining(","));
  }
}
