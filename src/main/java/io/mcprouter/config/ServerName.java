package io.mcprouter.config;

import java.util.Locale;

/** The rules for the name of a server. */
public final class ServerName {
  /** In UTF-16 units. */
  public static final int MAX_LENGTH = 128;

  /**
   * Between a user's name of a server and the digest of the user, in the name by which the router
   * itself knows a server that a user added. No name in the file holds it.
   */
  private static final char OF_USER = '/';

  private ServerName() {}

  /**
   * The router's own name of a server that a user added: no other user's server, and none of the
   * file, has it.
   *
   * @param name the user's name of it
   * @param owner a digest of the user, the same for everything that is theirs
   */
  public static String ofUser(String name, String owner) {
    return name + OF_USER + owner;
  }

  /** Whether this is the router's own name of a server that a user added. */
  public static boolean isOfUser(String name) {
    return name.indexOf(OF_USER) >= 0;
  }

  /** The name that people know a server by. */
  public static String shown(String name) {
    int end = name.indexOf(OF_USER);
    return end < 0 ? name : name.substring(0, end);
  }

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
