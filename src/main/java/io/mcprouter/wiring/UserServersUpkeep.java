package io.mcprouter.wiring;

import io.mcprouter.config.ServerName;
import io.mcprouter.console.LastFailures;
import io.mcprouter.credential.Housekeeping;
import io.mcprouter.credential.Invalidation;
import io.mcprouter.credential.Invalidations;
import io.mcprouter.credential.Owner;
import io.mcprouter.oauth.OAuth;
import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.routing.RunningServer;
import io.mcprouter.session.SessionCondition;
import io.mcprouter.session.Sessions;
import java.time.Duration;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Follows what users do with their own servers, on whichever node, and lets the routes of users go
 * who have been away for as long as a session may be idle.
 */
final class UserServersUpkeep implements Invalidations.Listener, DisposableBean {
  private static final int LOOKS_PER_IDLE_TIME = 4;

  private final Housekeeping housekeeping = new Housekeeping();
  private final RouteInstaller routes;
  private final ObjectProvider<Sessions> sessions;
  private final ObjectProvider<OAuth> oauth;
  private final LastFailures failures;
  private final Duration idle;

  UserServersUpkeep(
      RouteInstaller routes,
      ObjectProvider<Sessions> sessions,
      ObjectProvider<OAuth> oauth,
      LastFailures failures,
      Duration idle) {
    this.routes = routes;
    this.sessions = sessions;
    this.oauth = oauth;
    this.failures = failures;
    this.idle = idle;
  }

  void start() {
    housekeeping.every(
        idle.dividedBy(LOOKS_PER_IDLE_TIME), "Letting servers of users go", this::letGo);
  }

  private void letGo() {
    routes.letGo(idle, this::hasSession);
  }

  /** Whether a user, by key, has a session with a server. */
  boolean hasSession(String server, String user) {
    return sessions.getObject().condition(server, user) != SessionCondition.NONE;
  }

  @Override
  public void changed(Invalidation change) {
    if (change.kind() == Invalidation.Kind.USER_SERVERS) {
      Owner owner = new Owner(change.tenant(), change.user());
      String server = ServerName.ofUser(change.server(), owner.digest());
      String user = KeyRevocations.userOf(change);
      oauth.getObject().forgetServer(owner, server);
      failures.forget(server, user);
      routes.ownChanged(user);
    }
  }

  /** What users had may be theirs no more: their sessions end with the calls that are open. */
  @Override
  public void lostTrack() {
    routes.ownChanged();
    for (RunningServer server : routes.ofUsers()) {
      sessions.getObject().drain(server.name(), server.definition().router().maxTimeout());
    }
  }

  @Override
  public void destroy() {
    housekeeping.close();
  }
}
