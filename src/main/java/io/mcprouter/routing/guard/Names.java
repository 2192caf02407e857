package io.mcprouter.routing.guard;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Names of servers, which templates have percent-encoded. */
final class Names {
  private Names() {}

  static String decoded(String encoded) {
    return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
