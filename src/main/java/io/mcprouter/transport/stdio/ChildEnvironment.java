package io.mcprouter.transport.stdio;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The variables that a child gets: those of the router's own that are known to be harmless, and the
 * ones that its configuration names. Everything else of the router's environment may be a secret.
 */
final class ChildEnvironment {
  private static final Set<String> SAFE =
      Set.of("HOME", "PATH", "SHELL", "TERM", "USER", "LOGNAME", "LANG", "TZ", "TMPDIR");
  private static final Set<String> SAFE_ON_WINDOWS =
      Set.of(
          "APPDATA",
          "HOMEDRIVE",
          "HOMEPATH",
          "LOCALAPPDATA",
          "PATH",
          "PATHEXT",
          "PROCESSOR_ARCHITECTURE",
          "PROGRAMFILES",
          "SYSTEMDRIVE",
          "SYSTEMROOT",
          "TEMP",
          "USERNAME",
          "USERPROFILE");

  private ChildEnvironment() {}

  static Map<String, String> of(
      Map<String, String> parent, Map<String, String> configured, boolean windows) {
    Map<String, String> variables = new HashMap<>();
    parent.forEach(
        (name, value) -> {
          if (isSafe(name, windows) && !isFunction(value)) {
            variables.put(name, value);
          }
        });
    variables.putAll(configured);
    return variables;
  }

  private static boolean isSafe(String name, boolean windows) {
    return windows
        ? SAFE_ON_WINDOWS.contains(name.toUpperCase(Locale.ROOT))
        : SAFE.contains(name) || name.startsWith("LC_");
  }

  /** Some shells export functions as variables and run what stands in them. */
  private static boolean isFunction(String value) {
    return value.startsWith("()");
  }
}
