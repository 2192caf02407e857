package io.mcprouter.config;

import java.util.Locale;

/** The rules for the name of a server. */
public final class ServerName {
  /** In UTF-16 units. */
  public static final int MAX_LENGTH = 128;

  private ServerName() {}

  /**
   * What stands for the server in front of its tools: the name, each character outside {@code
   * [A-Za-z0-9_-]} replaced by {@code _}.
   */
  public static String publicPrefix(String name) {
    StringBuilder prefix = new StringBuilder(name.length());
    name.codePoints().forEach(c -> prefix.append(isPublic(c) ? (char) c : '_'));
    return prefix.toString();
  }

  /** Equal for two names that cannot stand side by side. */
  public static String collisionKey(String name) {
    return publicPrefix(name).toLowerCase(Locale.ROOT);
  }

  private static boolean isPublic(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }
}
