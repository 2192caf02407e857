package io.mcprouter.wiring;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.mcprouter.session.SessionObserver;
import io.mcprouter.session.Sessions;
import io.mcprouter.transport.spi.InitializeResult;
import java.util.Map;
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
    String key = user + "/" + server;
    cache.put(key, open.merge(key, 1, Integer::sum));
  }

  @Override
  public void ended(String server, String user) {
    String key = user + "/" + server;
    Integer left = open.computeIfPresent(key, (name, count) -> count == 1 ? null : count - 1);
    if (left == null) {
      cache.invalidate(key);
    } else {
      cache.put(key, left);
    }
  }

  private void removed(@Nullable String key, @Nullable Integer count, RemovalCause cause) {
    if (key != null && cause == RemovalCause.EXPLICIT && open.containsKey(key)) {
      int slash = key.lastIndexOf('/'); // a server's name has none
      sessions.getObject().close(key.substring(slash + 1), key.substring(0, slash));
    }
  }
}
