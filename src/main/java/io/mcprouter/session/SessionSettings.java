package io.mcprouter.session;

import io.mcprouter.transport.spi.ConnectionOptions;
import java.time.Duration;

/**
 * How long sessions live and how many there may be. Every bound is at least 1.
 *
 * @param idle how long a session stays open after the end of its last call; default 15 minutes
 * @param maxSessions most sessions in all; default 10,000
 * @param maxSessionsPerUser most sessions of one user; default 100. Shared sessions and the
 *     router's own belong to no user and count in all only
 * @param maxChildren most child processes in all, starting and ending ones included; default 200
 * @param maxChildrenPerUser most child processes of one user; default 20
 * @param maxSubscriptions most resources to which the clients of one session subscribe; default
 *     1,000
 * @param sharing which sessions users share; default {@link Sharing#DOCUMENTED}
 * @param limits bounds on what a server may send and hold open on one connection
 */
public record SessionSettings(
    Duration idle,
    int maxSessions,
    int maxSessionsPerUser,
    int maxChildren,
    int maxChildrenPerUser,
    int maxSubscriptions,
    Sharing sharing,
    ConnectionOptions.Limits limits) {
  public static final SessionSettings DEFAULT =
      new SessionSettings(
          Duration.ofMinutes(15),
          10_000,
          100,
          200,
          20,
          1_000,
          Sharing.DOCUMENTED,
          ConnectionOptions.Limits.DEFAULT);

  /** Which sessions users share where an entry does not say {@code router.shared}. */
  public enum Sharing {
    /** None: each user has sessions of their own, as LibreChat's documentation promises. */
    DOCUMENTED,
    /** Those that need nothing of a user, as LibreChat really does it. */
    LIBRECHAT
  }

  /**
   * @throws IllegalArgumentException when a bound is less than 1 or the idle time is not positive
   */
  public SessionSettings {
    if (idle.isNegative() || idle.isZero()) {
      throw new IllegalArgumentException("idle must be more than zero, but is " + idle);
    }
    atLeastOne("maxSessions", maxSessions);
    atLeastOne("maxSessionsPerUser", maxSessionsPerUser);
    atLeastOne("maxChildren", maxChildren);
    atLeastOne("maxChildrenPerUser", maxChildrenPerUser);
    atLeastOne("maxSubscriptions", maxSubscriptions);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, but is " + value);
    }
  }
}
