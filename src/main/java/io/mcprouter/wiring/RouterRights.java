package io.mcprouter.wiring;

import io.mcprouter.config.Authorization;
import io.mcprouter.config.OAuthOptions;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.oauth.OAuth;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.routing.RunningServer;
import io.mcprouter.session.SessionRights;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.RemoteTarget;

/** Callers' rights at servers, by OAuth, where the entry does not say that there are none. */
record RouterRights(RouteInstaller routes, RouterOAuthTargets targets, OAuth oauth)
    implements SessionRights {
  @Override
  public RemoteTarget with(Caller caller, String server, RemoteTarget target) throws McpFailure {
    RunningServer running = routes.servers().find(server);
    if (running == null || !mayBeAsked(running.definition(), target)) {
      return target;
    }
    return target.with(oauth.authorization(caller, targets.at(running, target, caller)));
  }

  /** A server with a key of its own that refuses it does not ask for a login. */
  private static boolean mayBeAsked(ServerDefinition definition, RemoteTarget target) {
    Authorization written = definition.authorization();
    if (Boolean.FALSE.equals(written.requiresOAuth())) {
      return false;
    }
    boolean isWanted =
        written.requiresOAuth() != null
            || written.oauth() != null
            || !definition.router().oauth().equals(OAuthOptions.NONE);
    return isWanted || !hasCredential(written, target);
  }

  private static boolean hasCredential(Authorization written, RemoteTarget target) {
    return written.apiKey() != null
        || target.headers().keySet().stream().anyMatch("authorization"::equalsIgnoreCase);
  }

  @Override
  public boolean isRequired(String server) {
    return oauth.isRequired(server);
  }
}
