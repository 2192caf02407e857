package io.mcprouter.wiring;

import io.mcprouter.credential.Invalidation;
import io.mcprouter.credential.Invalidations;
import io.mcprouter.endpoint.ProvenConnections;
import io.mcprouter.identity.AuthenticatedCallers;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.guard.Approvals;
import java.util.Map;
import java.util.Set;

/**
 * What a revoked key opened is closed, and what it asked for is refused, on whichever node it was
 * revoked.
 */
record KeyRevocations(
    AuthenticatedCallers callers, ProvenConnections connections, Approvals approvals)
    implements Invalidations.Listener {
  @Override
  public void changed(Invalidation change) {
    if (change.kind() == Invalidation.Kind.API_KEYS) {
      String user = userOf(change);
      callers.keyRevoked(user);
      connections.keyRevoked(user);
      approvals.keyRevoked(user);
    }
  }

  static String userOf(Invalidation change) {
    return new Caller(
            change.tenant(),
            change.user(),
            Map.of(),
            Set.of(),
            Set.of(),
            Caller.Source.APPLICATION,
            null)
        .key();
  }

  @Override
  public void lostTrack() {
    callers.forgetAll();
    connections.keysUnknown();
    approvals.keysUnknown();
  }
}
