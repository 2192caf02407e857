package io.mcprouter.credential;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a user may save. */
final class VariableRules {
  static final int LONGEST_VALUE = 16 * 1024;

  /**
   * Names of LibreChat's own placeholders: a value under such a name could pass for an identity.
   */
  private static final String RESERVED = "LIBRECHAT_";

  private VariableRules() {}

  static void check(Map<String, String> values, Set<String> declared) {
    values.forEach(
        (name, value) -> {
          checkName(name, declared);
          checkValue(name, value);
        });
  }

  private static void checkName(String name, Set<String> declared) {
    if (name.toUpperCase(Locale.ROOT).startsWith(RESERVED)) {
      throw new RefusedVariableException(
          "Names that begin with "
              + RESERVED
              + " are the router's own; nobody can save a value"
              + " under one");
    }
    if (!declared.contains(name)) {
      throw new RefusedVariableException(
          "The server declares no such variable; it declares "
              + (declared.isEmpty()
                  ? "none"
                  : String.join(", ", declared.stream().sorted().toList())));
    }
  }

  private static void checkValue(String name, String value) {
    if (value.isBlank()) {
      throw refused(name, "is blank; revoke the variable to take its value away");
    }
    if (value.length() > LONGEST_VALUE) {
      throw refused(name, "is longer than " + LONGEST_VALUE + " characters");
    }
    if (value.indexOf('\0') >= 0) {
      throw refused(name, "holds a NUL character");
    }
  }

  private static RefusedVariableException refused(String name, String problem) {
    return new RefusedVariableException("The value of " + name + " " + problem);
  }
}
