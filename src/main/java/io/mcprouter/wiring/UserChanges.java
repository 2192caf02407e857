package io.mcprouter.wiring;

import io.mcprouter.catalog.Catalog;
import io.mcprouter.catalog.ListKind;
import io.mcprouter.console.LastFailures;
import io.mcprouter.credential.Invalidation;
import io.mcprouter.credential.Invalidations;
import io.mcprouter.oauth.OAuth;
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
    LastFailures failures)
    implements Invalidations.Listener {
  @Override
  public void changed(Invalidation change) {
    switch (change.kind()) {
      case USER_VARIABLES -> begin(change);
      case OAUTH_TOKENS -> {
        oauth.getObject().forget(change.tenant(), change.user(), change.server());
        begin(change);
      }
      default -> {}
    }
  }

  private void begin(Invalidation change) {
    String user = KeyRevocations.userOf(change);
    failures.forget(change.server(), user);
    sessions.getObject().close(change.server(), user);
    for (ListKind kind : ListKind.values()) {
      catalog.getObject().serverChanged(change.server(), user, kind);
    }
  }

  /** Sessions go on: what they were opened with was right when they were. */
  @Override
  public void lostTrack() {
    oauth.getObject().forgetAll();
  }
}
