package io.mcprouter.oauth;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a user and a server stand; reading it changes nothing. */
public sealed interface LoginStatus {
  /** The server asked for no login so far, or the router has a right of its own. */
  record NotNeeded() implements LoginStatus {}

  /**
   * The user is logged in.
   *
   * @param until when that ends; null where it is renewed
   */
  record Authorized(@Nullable Instant until) implements LoginStatus {}

  /** The user must log in; the next call or {@link OAuth#startLogin} gives a link. */
  record LoginRequired() implements LoginStatus {}

  /**
   * A login is open.
   *
   * @param link where it begins; null where it has begun
   */
  record LoginPending(@Nullable URI link, Instant until) implements LoginStatus {}

  /** The last login failed. */
  record LoginFailed(String why) implements LoginStatus {}
}
