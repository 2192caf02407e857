package io.mcprouter.routing.guard;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Names of servers, which templates have percent-encoded. */
final class Names {
  private static final Pattern ENCODED = Pattern.compile("(?:[^%]|%[0-9A-Fa-f]{2})*+");

  private Names() {}

  /** Whether every percent sign stands before two digits, as it must to be decoded. */
  static boolean isEncoded(String text) {
    return ENCODED.matcher(text).matches();
  }

  static String decoded(String encoded) {
    return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
