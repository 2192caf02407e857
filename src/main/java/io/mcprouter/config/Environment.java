package io.mcprouter.config;

import org.jspecify.annotations.Nullable;

/** Where {@code ${NAME}} in the administrator's text comes from. */
@FunctionalInterface
public interface Environment {
  /** The value of a variable, or null where it is not set. */
  @Nullable String value(String name);

  /** The environment of this process. */
  static Environment ofProcess() {
    return System::getenv;
  }

  /**
   * Whether a variable holds a secret of the router itself (or of LibreChat, whose file this may
   * be), which no server must ever be sent.
   */
  static boolean isReserved(String name) {
    return ReservedVariables.contain(name);
  }
}
