package io.mcprouter.wiring;

import io.mcprouter.config.RouterOptions;
import io.mcprouter.config.Timeouts;
import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.routing.RunningServer;
import io.mcprouter.routing.ServerChanges;
import io.mcprouter.session.Sessions;
import java.time.Duration;
import java.util.Set;

/**
 * Ends the sessions of servers whose entry was edited or removed, once their open calls are done.
 */
final class SessionDrain implements ServerChanges {
  private static final Duration REMOVED_LIMIT =
      Timeouts.DEFAULT.timeout().multipliedBy(RouterOptions.MAX_TIMEOUT_FACTOR);

  private final RouteInstaller routes;
  private final Sessions sessions;

  SessionDrain(RouteInstaller routes, Sessions sessions) {
    this.routes = routes;
    this.sessions = sessions;
  }

  @Override
  public void changed(Set<String> added, Set<String> changed, Set<String> removed) {
    added.forEach(sessions::reopen);
    removed.forEach(server -> sessions.drain(server, REMOVED_LIMIT));
    for (String server : changed) {
      RunningServer running = routes.servers().find(server);
      sessions.drain(
          server, running == null ? REMOVED_LIMIT : running.definition().router().maxTimeout());
      sessions.reopen(server);
    }
  }

  /** A call that a step of the old route held back may have opened a session since. */
  @Override
  public void retired(String server) {
    sessions.drain(server, REMOVED_LIMIT);
  }
}
