package io.mcprouter.cli;

import io.mcprouter.routing.files.RouteDirectory;
import io.mcprouter.routing.files.RouteFile;
import io.mcprouter.wiring.BuiltInRoutes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the route templates and the team's own routes are. */
final class RouteFiles {
  private static final Path DEFAULT = Path.of("routes");

  @Option(
      names = "--routes",
      paramLabel = "DIR",
      description =
          "Directory with *.camel.yaml files, or one such file (default: routes, if there is one).")
  private @Nullable Path directory;

  /**
   * The directory or file that was named, or null.
   *
   * @throws CommandFailure when there is none of that name
   */
  @Nullable Path directory() throws CommandFailure {
    Path named = directory;
    if (named != null && !Files.exists(named)) {
      throw new CommandFailure("--routes: there is no directory " + named + ".");
    }
    return named;
  }

  /**
   * The files of the directory, and those of the program for which it has none of that name.
   *
   * @throws CommandFailure when the directory was named and is none, or cannot be read
   */
  Collection<RouteFile> read() throws CommandFailure {
    Path named = directory();
    Path place = named == null ? DEFAULT : named;
    try {
      return new RouteDirectory(place, BuiltInRoutes.read()).read().values();
    } catch (IOException e) {
      throw new CommandFailure("--routes: " + place + " cannot be read: " + e.getMessage());
    }
  }
}
