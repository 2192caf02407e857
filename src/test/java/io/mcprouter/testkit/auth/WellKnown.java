package io.mcprouter.testkit.auth;

/** Where an authorization server's metadata may stand; an issuer without a path has two places. */
public enum WellKnown {
  /** RFC 8414: {@code /.well-known/oauth-authorization-server/tenant}. */
  OAUTH("/.well-known/oauth-authorization-server%s"),
  /** RFC 8414 for OpenID Connect: {@code /.well-known/openid-configuration/tenant}. */
  OPENID_INSERTED("/.well-known/openid-configuration%s"),
  /** OpenID Connect Discovery: {@code /tenant/.well-known/openid-configuration}. */
  OPENID_APPENDED("%s/.well-known/openid-configuration");

  private final String pattern;

  WellKnown(String pattern) {
    this.pattern = pattern;
  }

  String path(String issuerPath) {
    return pattern.formatted(issuerPath);
  }

  boolean isOpenId() {
    return this != OAUTH;
  }
}
