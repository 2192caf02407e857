package io.mcprouter.wiring;

import io.mcprouter.catalog.Catalog;
import io.mcprouter.catalog.ListKind;
import io.mcprouter.console.LastFailures;
import io.mcprouter.credential.Invalidation;
import io.mcprouter.credential.Invalidations;
import io.mcprouter.oauth.OAuth;
import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.routing.RunningServer;
import io.mcprouter.session.Sessions;
import org.springframework.beans.factory.ObjectProvider;

/**
 * What follows when a user saved or revoked something for a server, on whichever node: their
 * sessions with it close, and what it lists for them is asked for anew.
 */
record UserChanges(
    ObjectProvider<Sessions> sessions,
    ObjectProvider<Catalog> catalog,
    ObjectProvider<OAuth> oauth,
    ObjectProvider<RouteInstaller> routes,
    LastFailures failures)
    implements Invalidations.Listener {
  @Override
  public void changed(Invalidation change) {
    switch (change.kind()) {
      case USER_VARIABLES -> {
        close(change);
        ask(change);
      }
      case OAUTH_TOKENS -> {
        forget(change);
        ask(change); // sessions that are open take the new token with their next request
      }
      case OAUTH_REVOKED -> {
        forget(change);
        close(change);
        ask(change);
      }
      default -> {}
    }
  }

  private void forget(Invalidation change) {
    oauth.getObject().forget(change.tenant(), change.user(), change.server());
  }

  private void close(Invalidation change) {
    sessions.getObject().close(change.server(), KeyRevocations.userOf(change));
  }

  private void ask(Invalidation change) {
    String user = KeyRevocations.userOf(change);
    failures.forget(change.server(), user);
    sessions.getObject().retry(change.server(), user);
    for (ListKind kind : ListKind.values()) {
      catalog.getObject().serverChanged(change.server(), user, kind);
    }
  }

  /** What users had may be theirs no more: their sessions end with the calls that are open. */
  @Override
  public void lostTrack() {
    oauth.getObject().forgetAll();
    for (RunningServer server : routes.getObject().servers().all()) {
      if (!server.variables().isEmpty() || oauth.getObject().isRequired(server.name())) {
        sessions.getObject().drain(server.name(), server.definition().router().maxTimeout());
      }
    }
  }
}
