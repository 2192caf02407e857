package io.mcprouter.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The one cache of sessions. It expires what nobody used for the idle time, by a timer of its own,
 * so that sessions close on a quiet system too; a session that is held never goes that way.
 */
final class SessionCache {
  private final Cache<SessionKey, Session> sessions;
  private final Policy.FixedExpiration<SessionKey, Session> expiry;
  private final Consumer<Session> onIdle;

  /**
   * @param onIdle closes a session that was idle for long enough; it has ended already
   */
  SessionCache(Duration idle, Ticker ticker, Consumer<Session> onIdle) {
    this.onIdle = onIdle;
    this.sessions =
        Caffeine.newBuilder()
            .expireAfterAccess(idle)
            .scheduler(Scheduler.systemScheduler())
            .ticker(ticker)
            .removalListener(this::removed)
            .build();
    this.expiry = sessions.policy().expireAfterAccess().orElseThrow();
  }

  private void removed(@Nullable SessionKey key, @Nullable Session session, RemovalCause cause) {
    if (session == null || !cause.wasEvicted()) {
      return;
    }
    if (session.endIfIdle()) {
      onIdle.accept(session);
    } else if (!session.isEnded() && sessions.asMap().putIfAbsent(session.key(), session) != null) {
      session.drain();
    }
  }

  /** The session under a key; finding it counts as use. */
  @Nullable Session find(SessionKey key) {
    return sessions.getIfPresent(key);
  }

  /** Enters a session, and puts it in the order of use before it is used. */
  void add(Session session) {
    sessions.put(session.key(), session);
    sessions.cleanUp();
  }

  boolean remove(Session session) {
    return sessions.asMap().remove(session.key(), session);
  }

  Collection<Session> all() {
    return sessions.asMap().values();
  }

  /** Counts as use of all that are held, so that they do not expire. */
  void touchBusy() {
    for (Session session : all()) {
      if (session.isBusy()) {
        find(session.key());
      }
    }
  }

  /** Ends the least recently used idle session for which {@code test} holds; null for none. */
  @Nullable Session endOldestIdle(Predicate<Session> test) {
    return expiry.oldest(
        oldest ->
            oldest
                .map(Policy.CacheEntry::getValue)
                .filter(session -> test.test(session) && session.endIfIdle())
                .findFirst()
                .orElse(null));
  }

  Duration idleFor(Session session) {
    return session.isBusy() ? Duration.ZERO : expiry.ageOf(session.key()).orElse(Duration.ZERO);
  }

  /** Does the work that is due: for tests with a clock of their own. */
  void cleanUp() {
    sessions.cleanUp();
  }

  void clear() {
    sessions.invalidateAll();
  }
}
