package io.mcprouter.oauth;

import java.net.URI;
import java.time.Instant;

/**
 * A login that waits for its user.
 *
 * @param link the router's own page; good for one use, by this user
 */
public record PendingLogin(String server, URI link, Instant until) {
  /** The link is a secret of its user. */
  @Override
  public String toString() {
    return "PendingLogin[" + server + "]";
  }
}
