package io.mcprouter.wiring;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.mcprouter.session.SessionObserver;
import io.mcprouter.session.Sessions;
import io.mcprouter.transport.spi.InitializeResult;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Shows routes who is connected: a cache with an entry {@code user/server} for every user's open
 * sessions with a server, and nothing of the sessions themselves. A route reads it as {@code
 * caffeine-cache:mcpSessions}; an entry that it invalidates closes these sessions.
 */
final class WhoIsConnected implements SessionObserver {
  private final ObjectProvider<Sessions> sessions;
  private final Map<String, Integer> open = new ConcurrentHashMap<>();

  /** What the keys stand for: a user's id and a server's name may both hold a slash. */
  private final Map<String, Place> places = new ConcurrentHashMap<>();

  /** Keys that go because the last session went, not because a route invalidated them. */
  private final Set<String> leaving = ConcurrentHashMap.newKeySet();

  private final Cache<String, Integer> cache =
      Caffeine.newBuilder().executor(Runnable::run).removalListener(this::removed).build();

  WhoIsConnected(ObjectProvider<Sessions> sessions) {
    this.sessions = sessions;
  }

  /**
   * Sessions with a server by {@code user/server}; the user is empty where sessions belong to
   * nobody.
   */
  Cache<String, Integer> cache() {
    return cache;
  }

  @Override
  public void initialized(String server, String user, InitializeResult answer) {
    count(user, server, 1);
  }

  @Override
  public void ended(String server, String user) {
    count(user, server, -1);
  }

  /** The cache follows the count within the count's own lock, so that both always say the same. */
  private void count(String user, String server, int change) {
    String key = user + "/" + server;
    open.compute(
        key,
        (name, before) -> {
          int now = (before == null ? 0 : before) + change;
          if (now == 0) {
            leaving.add(key);
            cache.invalidate(key);
            leaving.remove(key);
            places.remove(key);
            return null;
          }
          if (now > 0) { // an end that is told before its beginning shows nobody
            places.put(key, new Place(user, server));
            cache.put(key, now);
          }
          return now;
        });
  }

  private void removed(@Nullable String key, @Nullable Integer count, RemovalCause cause) {
    if (key != null && cause == RemovalCause.EXPLICIT && !leaving.contains(key)) {
      Place place = places.get(key);
      if (place != null) {
        sessions.getObject().close(place.server, place.user);
      }
    }
  }

  private record Place(String user, String server) {}
}
