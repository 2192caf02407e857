package io.mcprouter.transport.stdio;

import io.mcprouter.transport.spi.McpFailure;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds a program as the operating system would for the child: by path from its working directory,
 * or by name on its own {@code PATH}. Looking first gives an error that says what is wrong.
 */
final class Program {
  static final boolean WINDOWS =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

  private final String server;
  private final String name;

  Program(String server, String name) {
    this.server = server;
    this.name = name;
  }

  /** The program's absolute path; fails when there is none that can be run. */
  Path find(Map<String, String> environment, @Nullable Path cwd) throws McpFailure {
    if (cwd != null && !Files.isDirectory(cwd)) {
      throw McpFailure.unavailable(server, "its working directory does not exist");
    }
    if (name.isBlank()) {
      throw McpFailure.unavailable(server, "no command is configured");
    }
    try {
      return firstRunnable(candidates(environment, cwd));
    } catch (InvalidPathException e) {
      throw McpFailure.unavailable(server, "its command is no valid path");
    }
  }

  private Path firstRunnable(List<Path> candidates) throws McpFailure {
    boolean exists = false;
    for (Path candidate : candidates) {
      if (Files.isRegularFile(candidate)) {
        exists = true;
        if (Files.isExecutable(candidate)) {
          return candidate;
        }
      }
    }
    throw McpFailure.unavailable(
        server, "program '%s' %s".formatted(name, exists ? "is not executable" : notFound()));
  }

  /** A whole command line as the command is a common slip. */
  private String notFound() {
    return name.contains(" ")
        ? "was not found: command takes the program alone, its arguments belong under args"
        : "was not found: install it, or give its full path as command";
  }

  private List<Path> candidates(Map<String, String> environment, @Nullable Path cwd) {
    Path start = cwd == null ? Path.of("").toAbsolutePath() : cwd.toAbsolutePath();
    List<Path> found = new ArrayList<>();
    if (name.contains("/") || name.contains(File.separator)) {
      addWithExtensions(found, start.resolve(name), environment);
      return found;
    }
    String path = variable(environment, "PATH", WINDOWS ? "" : "/usr/local/bin:/usr/bin:/bin");
    for (String directory : path.split(File.pathSeparator, -1)) {
      addWithExtensions(found, start.resolve(directory).resolve(name), environment);
    }
    return found;
  }

  private static void addWithExtensions(
      List<Path> found, Path program, Map<String, String> environment) {
    if (WINDOWS) {
      for (String extension : variable(environment, "PATHEXT", ".EXE;.CMD;.BAT").split(";", -1)) {
        found.add(Path.of(program + extension));
      }
    }
    found.add(program);
  }

  private static String variable(Map<String, String> environment, String name, String otherwise) {
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      if (WINDOWS ? variable.getKey().equalsIgnoreCase(name) : variable.getKey().equals(name)) {
        return variable.getValue();
      }
    }
    return otherwise;
  }
}
