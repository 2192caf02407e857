package io.mcprouter.catalog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The names that clients see where servers are merged: a function of the server's and the tool's
 * name alone, in the 64 characters {@code [A-Za-z0-9_-]} that every AI client takes.
 *
 * <p>The plain form {@code server__tool} is used where its first {@code __} can only be the
 * separator. All other names take a form that holds no {@code __}, so that it equals no plain one,
 * and that ends in a digest of both names.
 */
public final class PublicName {
  static final int MAX_LENGTH = 64;

  private static final String SEPARATOR = "__";
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int DIGEST_LENGTH = 10;
  private static final int MAX_STEM = MAX_LENGTH - DIGEST_LENGTH - 1;

  private PublicName() {}

  /** The name that clients see for a tool or prompt of a server. */
  public static String of(String server, String tool) {
    boolean plain =
        isSeparable(server)
            && isPublic(tool)
            && server.length() + SEPARATOR.length() + tool.length() <= MAX_LENGTH;
    return plain ? server + SEPARATOR + tool : hashed(server, tool);
  }

  /**
   * The tool's name behind the server's in a plain name; empty where the server's does not lead.
   */
  public static String plainTool(String server, String publicName) {
    return isSeparable(server)
            && publicName.startsWith(SEPARATOR, server.length())
            && publicName.startsWith(server)
        ? publicName.substring(server.length() + SEPARATOR.length())
        : "";
  }

  /** Whether a tool of this server can have that public name. */
  public static boolean mayBelong(String server, String publicName) {
    return publicName.contains(SEPARATOR)
        ? !plainTool(server, publicName).isEmpty()
        : publicName.startsWith(stem(server));
  }

  private static boolean isSeparable(String server) {
    return isPublic(server)
        && !server.contains(SEPARATOR)
        && !server.startsWith("_")
        && !server.endsWith("_");
  }

  private static boolean isPublic(String name) {
    return !name.isEmpty() && name.chars().allMatch(PublicName::isPublic);
  }

  private static boolean isPublic(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }

  private static String hashed(String server, String tool) {
    return stem(server + "_" + tool) + "_" + digest(server, tool);
  }

  /** The readable part: no run of underscores, none at the end. */
  private static String stem(String text) {
    StringBuilder stem = new StringBuilder();
    text.codePoints()
        .map(c -> isPublic(c) ? c : '_')
        .filter(c -> c != '_' || stem.isEmpty() || stem.charAt(stem.length() - 1) != '_')
        .limit(MAX_STEM)
        .forEachOrdered(stem::appendCodePoint);
    if (!stem.isEmpty() && stem.charAt(stem.length() - 1) == '_') {
      stem.setLength(stem.length() - 1);
    }
    return stem.toString();
  }

  private static String digest(String server, String tool) {
    MessageDigest sha = Listing.sha256();
    sha.update(server.getBytes(StandardCharsets.UTF_8));
    sha.update((byte) 0);
    byte[] hash = sha.digest(tool.getBytes(StandardCharsets.UTF_8));
    StringBuilder text = new StringBuilder(DIGEST_LENGTH);
    long bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      bits = bits << 8 | (hash[i] & 0xff);
    }
    for (int i = 0; i < DIGEST_LENGTH; i++) {
      text.append(BASE32.charAt((int) (bits >>> (59 - 5 * i)) & 31));
    }
    return text.toString();
  }
}
