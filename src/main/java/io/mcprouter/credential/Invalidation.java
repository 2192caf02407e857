package io.mcprouter.credential;

/**
 * Something that was kept in memory is no longer so.
 *
 * @param kind what it is of
 * @param tenant whose user; empty where there is one organization
 * @param user the user's id; empty where it concerns no single one
 * @param server the server's name; empty where it concerns no single one
 */
public record Invalidation(Kind kind, String tenant, String user, String server) {
  /** What may be kept in memory. */
  public enum Kind {
    /** A user saved or revoked variables for a server. */
    USER_VARIABLES,
    /** A user added, replaced or removed a server of their own. */
    USER_SERVERS,
    /** A key of this user was revoked. */
    API_KEYS,
    /** A user logged in at a server, or their tokens were replaced. */
    OAUTH_TOKENS,
    /** A user's right at a server was taken away. */
    OAUTH_REVOKED,
    /** The router's registration at an authorization server changed. */
    OAUTH_CLIENTS,
    /** A new key seals from now on. */
    SEALING_KEYS
  }

  public Invalidation(Kind kind, Owner owner, String server) {
    this(kind, owner.tenant(), owner.user(), server);
  }

  /** Names nobody. */
  @Override
  public String toString() {
    return "Invalidation[" + kind + "]";
  }
}
