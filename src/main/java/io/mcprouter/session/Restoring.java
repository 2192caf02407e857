package io.mcprouter.session;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens lost sessions again for the sake of their subscriptions, with the pauses of {@link
 * FailedOpenings}, until it succeeds, nobody is subscribed any more, or the server's entry goes.
 */
final class Restoring {
  private final Lifecycle lifecycle;
  private final Set<SessionKey> keys = ConcurrentHashMap.newKeySet();

  Restoring(Lifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  void lost(Session session) {
    if (session.standing().subscriptions() > 0 && keys.add(session.key())) {
      later(session.origin());
    }
  }

  void forget(String server) {
    keys.removeIf(key -> key.server().equals(server));
  }

  private void later(Origin origin) {
    Duration pause = lifecycle.failed().pause(origin.key());
    Duration first = FailedOpenings.FIRST_PAUSE;
    lifecycle.later(pause.compareTo(first) > 0 ? pause : first, () -> restore(origin));
  }

  private void restore(Origin origin) {
    StandingRequests standing = lifecycle.wanted(origin.key());
    if (standing == null || standing.subscriptions() == 0 || !keys.contains(origin.key())) {
      keys.remove(origin.key());
      return;
    }
    lifecycle
        .open(origin)
        .whenComplete(
            (open, failure) -> {
              boolean isLost = failure != null || !open.isOpen();
              if (keys.remove(origin.key()) && isLost && keys.add(origin.key())) {
                later(origin);
              }
            });
  }
}
