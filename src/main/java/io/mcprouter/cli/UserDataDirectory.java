package io.mcprouter.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where programs keep what belongs to one user, by the custom of each system. A desktop client
 * starts its servers wherever it likes, which may be a place where nothing can be written.
 */
final class UserDataDirectory {
  private static final String NAME = "mcp-router";

  private UserDataDirectory() {}

  /** The router's own directory there. */
  static Path path() {
    return path(
        System.getProperty("os.name"), Path.of(System.getProperty("user.home")), System::getenv);
  }

  static Path path(String system, Path home, Function<String, @Nullable String> environment) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return named(environment.apply("LOCALAPPDATA"), home.resolve("AppData/Local"));
    }
    if (name.startsWith("mac")) {
      return home.resolve("Library/Application Support").resolve(NAME);
    }
    return named(environment.apply("XDG_DATA_HOME"), home.resolve(".local/share"));
  }

  /** A path that is not absolute counts for nothing (XDG Base Directory Specification). */
  private static Path named(@Nullable String set, Path otherwise) {
    Path parent = set == null || !Path.of(set).isAbsolute() ? otherwise : Path.of(set);
    return parent.resolve(NAME);
  }
}
