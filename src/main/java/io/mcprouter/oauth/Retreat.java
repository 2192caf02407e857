package io.mcprouter.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcprouter.oauth.Standing.Undecided;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Leaves an authorization server alone for a while after it failed, longer each time. */
final class Retreat {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int MOST = 10_000;

  private final Clock clock;
  private final Cache<GrantKey, Failed> failures =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LONGEST.multipliedBy(2)).build();

  private record Failed(Undecided standing, Duration pause, Instant until) {}

  Retreat(Clock clock) {
    this.clock = clock;
  }

  /** The failure of a moment ago, null where it is time to try again. */
  @Nullable Undecided recent(GrantKey key) {
    Failed failed = failures.getIfPresent(key);
    return failed != null && clock.instant().isBefore(failed.until) ? failed.standing : null;
  }

  Undecided after(GrantKey key, OAuthFailure why) {
    Failed before = failures.getIfPresent(key);
    Duration pause = before == null ? FIRST : longer(before.pause);
    Undecided standing = new Undecided(why);
    failures.put(key, new Failed(standing, pause, clock.instant().plus(pause)));
    return standing;
  }

  void end(GrantKey key) {
    failures.invalidate(key);
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
  }
}
