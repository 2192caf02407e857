package io.mcprouter.oauth;

/** Tokens in header values. */
final class Secrets {
  private static final String BEARER = "Bearer ";

  private Secrets() {}

  /** The token of an {@code Authorization} header. */
  static Secret ofHeader(String value) {
    return new Secret(
        value.regionMatches(true, 0, BEARER, 0, BEARER.length())
            ? value.substring(BEARER.length())
            : value);
  }

  static String header(Secret token) {
    return BEARER + token.value();
  }
}
