package io.mcprouter.testkit.auth;

/** What an authorization answer says of its issuer (RFC 9207). */
public enum Iss {
  RIGHT,
  ABSENT,
  /** Names another authorization server, as in a mix-up. */
  WRONG,
  /** The issuer with a slash behind it: the same place, but not the same issuer. */
  WITH_SLASH
}
