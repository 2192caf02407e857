package io.mcprouter.cli;

import io.mcprouter.routing.files.RouteDirectory;
import io.mcprouter.routing.files.RouteFile;
import io.mcprouter.wiring.BuiltInRoutes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the route templates and the team's own routes are. */
final class RouteFiles {
  private static final Path DEFAULT = Path.of("routes");

  /** The first line that is neither empty nor a comment nor the begin of a document is an item. */
  private static final Pattern LIST =
      Pattern.compile("\\A\\uFEFF?(?:\\s*+(?:#.*+|---\\s*+$))*+\\s*+-\\s", Pattern.MULTILINE);

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
   * Whether a file is one of routes, by its name or since it is a list.
   *
   * @throws CommandFailure when it cannot be read
   */
  static boolean isRoutes(Path file) throws CommandFailure {
    if (!Files.isRegularFile(file) || file.toString().endsWith(RouteFile.SUFFIX)) {
      return Files.isRegularFile(file);
    }
    try {
      return LIST.matcher(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)).find();
    } catch (IOException e) {
      throw new CommandFailure(file + " cannot be read: " + e.getMessage());
    }
  }

  /**
   * A file, those of the directory that was named, else of its own, and those of the program; of
   * one name, the first in this order counts.
   *
   * @throws CommandFailure when the directory was named and is none, or something cannot be read
   */
  Collection<RouteFile> with(Path file) throws CommandFailure {
    Path named = directory();
    Path beside = named == null ? file.resolveSibling("") : named;
    try {
      Map<String, RouteFile> others = new RouteDirectory(beside, BuiltInRoutes.read()).read();
      return new RouteDirectory(file, others).read().values();
    } catch (IOException e) {
      throw new CommandFailure(file + " cannot be read: " + e.getMessage());
    }
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
