package io.mcprouter.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which sessions could not be opened, so that a server that is down is asked ever more
 * rarely: after half a second, then twice as long each time, up to half a minute. Each session has
 * its own account; other users and servers are not affected.
 *
 * <p>A session that is lost soon after it was opened counts as well, but the first one may be
 * opened again at once.
 */
final class FailedOpenings {
  static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** A session that lived longer was no failure. */
  static final Duration SETTLED = Duration.ofSeconds(10);

  private static final double JITTER = 0.2;

  private final Cache<SessionKey, Account> accounts;
  private final Ticker ticker;

  FailedOpenings(int most, Ticker ticker) {
    this.ticker = ticker;
    this.accounts =
        Caffeine.newBuilder()
            .maximumSize(most)
            .expireAfterWrite(LONGEST_PAUSE.multipliedBy(4))
            .ticker(ticker)
            .build();
  }

  /** The failure that forbids to open this session now, or null. */
  @Nullable McpFailure remembered(SessionKey key) {
    Account account = accounts.getIfPresent(key);
    long pause = account == null ? 0 : account.notBefore - ticker.read();
    if (account == null || pause <= 0) {
      return null;
    }
    long millis = Math.max(1, Duration.ofNanos(pause).toMillis());
    return account.reason.adding(" (the next attempt is possible in " + millis + " ms)");
  }

  /** How long this session must not be opened. */
  Duration pause(SessionKey key) {
    Account account = accounts.getIfPresent(key);
    return Duration.ofNanos(account == null ? 0 : Math.max(0, account.notBefore - ticker.read()));
  }

  /** What the user can mend may be tried again as soon as they have. */
  private static boolean isUsersMove(McpFailure reason) {
    return switch (reason.kind()) {
      case LOGIN_REQUIRED, VARIABLES_MISSING -> true;
      default -> false;
    };
  }

  void failed(SessionKey key, McpFailure reason) {
    if (isUsersMove(reason)) {
      return;
    }
    accounts
        .asMap()
        .compute(
            key,
            (same, before) -> {
              int failures = before == null ? 1 : before.failures + 1;
              int losses = before == null ? 0 : before.losses;
              return new Account(reason, failures, losses, ticker.read() + pauseNanos(failures));
            });
  }

  void opened(SessionKey key) {
    accounts
        .asMap()
        .computeIfPresent(
            key,
            (same, before) ->
                before.losses == 0
                    ? null
                    : new Account(before.reason, 0, before.losses, before.notBefore));
  }

  /**
   * The server broke a session off.
   *
   * @param lived how long the session was open
   */
  void lost(SessionKey key, McpFailure reason, Duration lived) {
    if (lived.compareTo(SETTLED) >= 0) {
      accounts.invalidate(key);
      return;
    }
    accounts
        .asMap()
        .compute(
            key,
            (same, before) -> {
              int losses = before == null ? 1 : before.losses + 1;
              long pause = losses == 1 ? 0 : pauseNanos(losses - 1);
              return new Account(reason, 0, losses, ticker.read() + pause);
            });
  }

  void forget(String server, String user) {
    accounts
        .asMap()
        .keySet()
        .removeIf(key -> key.server().equals(server) && key.user().equals(user));
  }

  void forget(String server) {
    accounts.asMap().keySet().removeIf(key -> key.server().equals(server));
  }

  private static long pauseNanos(int times) {
    int doublings = Math.min(times - 1, 16);
    long pause = Math.min(FIRST_PAUSE.toNanos() << doublings, LONGEST_PAUSE.toNanos());
    double factor = 1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER);
    return (long) (pause * factor);
  }

  private record Account(McpFailure reason, int failures, int losses, long notBefore) {}
}
