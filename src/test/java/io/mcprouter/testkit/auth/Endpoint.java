package io.mcprouter.testkit.auth;

/** What an authorization server can be asked at. */
public enum Endpoint {
  METADATA(""),
  REGISTRATION("/register"),
  AUTHORIZATION("/authorize"),
  TOKEN("/token"),
  REVOCATION("/revoke"),
  INTROSPECTION("/introspect"),
  JWKS("/jwks");

  private final String path;

  Endpoint(String path) {
    this.path = path;
  }

  /** Behind the issuer; metadata has its well-known forms instead. */
  String path() {
    return path;
  }
}
