package io.mcprouter.wiring;

import io.mcprouter.config.ServerName;
import io.mcprouter.credential.Owner;
import io.mcprouter.credential.UserVariables;
import io.mcprouter.oauth.OAuthTarget;
import io.mcprouter.oauth.OAuthTargets;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.routing.RunningServer;
import io.mcprouter.routing.placeholder.ResolvedAuthorization;
import io.mcprouter.transport.spi.ConnectionTarget;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.RemoteTarget;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The servers of the file, as authorization sees them for each caller. */
record RouterOAuthTargets(RouteInstaller routes, UserVariables variables) implements OAuthTargets {
  @Override
  public OAuthTarget target(Caller caller, String server) throws McpFailure {
    RunningServer running = running(caller, server);
    Map<String, String> values = values(caller, running);
    ConnectionTarget target = running.target().resolve(caller, values);
    if (target instanceof RemoteTarget remote) {
      return of(running, remote, caller, values);
    }
    throw McpFailure.of(
        McpFailure.Kind.NOT_CONFIGURED,
        server,
        "is a program of this machine, which takes no login");
  }

  @Override
  public void requireServer(Caller caller, String server) throws McpFailure {
    running(caller, server);
  }

  private RunningServer running(Caller caller, String server) throws McpFailure {
    RunningServer running = find(caller, server);
    if (running == null) {
      throw McpFailure.of(
          McpFailure.Kind.NOT_CONFIGURED, ServerName.shown(server), "there is no such server");
    }
    return running;
  }

  /** A server that a user added is there for that user alone, and may have to be read first. */
  private @Nullable RunningServer find(Caller caller, String server) {
    if (!ServerName.isOfUser(server)) {
      return routes.servers().find(server);
    }
    routes.known(caller).join();
    return routes.own(caller).find(server);
  }

  /** For who may block. */
  private Map<String, String> values(Caller caller, RunningServer server) throws McpFailure {
    if (caller.isApplication() || server.variables().isEmpty()) {
      return Map.of();
    }
    try {
      return variables.of(Owner.of(caller), server.name()).join();
    } catch (CompletionException e) {
      throw McpFailure.from(e, server.name());
    }
  }

  /** For who may not: the values were read a moment ago, for the call that is under way. */
  OAuthTarget at(RunningServer server, RemoteTarget remote, Caller caller) throws McpFailure {
    Map<String, String> values =
        caller.isApplication() || server.variables().isEmpty()
            ? Map.of()
            : variables.of(Owner.of(caller), server.name()).getNow(Map.of());
    return of(server, remote, caller, values);
  }

  private static OAuthTarget of(
      RunningServer server, RemoteTarget remote, Caller caller, Map<String, String> values)
      throws McpFailure {
    ResolvedAuthorization entry = server.target().authorization(caller, values);
    return new OAuthTarget(server.name(), remote.uri(), entry.written(), entry.options());
  }
}
