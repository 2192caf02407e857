package io.mcprouter.console;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcprouter.session.SessionObserver;
import io.mcprouter.transport.spi.InitializeResult;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why each user's last attempt to reach a server failed; forgotten when one succeeds. */
public final class LastFailures implements SessionObserver {
  private static final int MOST = 20_000;
  private static final Duration KEPT = Duration.ofMinutes(30);

  private final Cache<Key, McpFailure> failures =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();

  @Override
  public void refused(String server, String user, McpFailure reason) {
    failures.put(new Key(server, user), reason);
  }

  @Override
  public void initialized(String server, String user, InitializeResult answer) {
    forget(server, user);
  }

  @Nullable McpFailure of(String server, String user) {
    return failures.getIfPresent(new Key(server, user));
  }

  /** The user has done something about it. */
  public void forget(String server, String user) {
    failures.invalidate(new Key(server, user));
  }

  private record Key(String server, String user) {}
}
