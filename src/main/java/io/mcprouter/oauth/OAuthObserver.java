package io.mcprouter.oauth;

/** Learns that a user's right at a server was got or taken away, on this node. */
public interface OAuthObserver {
  /**
   * A login was finished. Other nodes are to {@link OAuth#forget}, and a session that waits for it
   * can be opened.
   */
  void authorized(String tenant, String user, String server);

  /**
   * A right was taken away. Other nodes are to forget, and the user's sessions are to be closed.
   */
  void revoked(String tenant, String user, String server);
}
