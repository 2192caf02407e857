package io.mcprouter.console;

import io.mcprouter.config.Endpoint;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.credential.Owner;
import io.mcprouter.credential.UserVariables;
import io.mcprouter.oauth.LoginStatus;
import io.mcprouter.oauth.OAuth;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.RunningServer;
import io.mcprouter.session.Sessions;
import io.mcprouter.transport.spi.McpFailure;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out how a server stands for a user, from what is known; asks no server. */
public final class Statuses {
  private final Sessions sessions;
  private final UserVariables variables;
  private final OAuth oauth;
  private final Initializations initializations;
  private final LastFailures failures;
  private final Told told;

  public Statuses(
      Sessions sessions,
      UserVariables variables,
      OAuth oauth,
      Initializations initializations,
      LastFailures failures,
      Told told) {
    this.sessions = sessions;
    this.variables = variables;
    this.oauth = oauth;
    this.initializations = initializations;
    this.failures = failures;
    this.told = told;
  }

  /** The variables that a user has set, by server. */
  Map<String, Set<String>> saved(Caller caller) {
    return variables.names(Owner.of(caller));
  }

  ServerStatus of(Caller caller, RunningServer server) {
    return of(caller, server, variables.state(Owner.of(caller), server.name()).set());
  }

  /**
   * @param saved the variables that the user has set for the server
   */
  ServerStatus of(Caller caller, RunningServer server, Set<String> saved) {
    if (initializations.isCancelling(caller, server.name())) {
      return ServerStatus.of(ServerStatus.Status.CANCELLING);
    }
    List<String> missing =
        server.variables().stream().filter(name -> !saved.contains(name)).sorted().toList();
    if (!missing.isEmpty()) {
      return new ServerStatus(
          ServerStatus.Status.MISSING_VARIABLES,
          missing,
          "Save " + String.join(", ", missing) + " first.",
          null);
    }
    return switch (sessions.condition(server.name(), caller.key())) {
      case OPEN -> connected(caller, server);
      case OPENING -> ServerStatus.of(ServerStatus.Status.INITIALIZING);
      case NONE -> unconnected(caller, server);
    };
  }

  /** A session outlives the right of its user, who then has to log in again. */
  private ServerStatus connected(Caller caller, RunningServer server) {
    ServerStatus login = login(caller, server);
    return login == null ? ServerStatus.of(ServerStatus.Status.CONNECTED) : login;
  }

  private ServerStatus unconnected(Caller caller, RunningServer server) {
    if (initializations.isUnderWay(caller, server.name())) {
      return ServerStatus.of(ServerStatus.Status.INITIALIZING);
    }
    ServerStatus login = login(caller, server);
    if (login != null) {
      return login;
    }
    McpFailure failure = failures.of(server.name(), caller.key());
    if (failure != null && failure.kind() != McpFailure.Kind.CANCELLED) {
      return failure.kind() == McpFailure.Kind.LOGIN_REQUIRED
          ? new ServerStatus(
              ServerStatus.Status.OAUTH_REQUIRED, List.of(), failure.reason(), failure.link())
          : ServerStatus.error(told.reason(failure, caller));
    }
    ServerDefinition definition = server.definition();
    return ServerStatus.of(
        definition.startup() ? ServerStatus.Status.DISCONNECTED : ServerStatus.Status.ON_DEMAND);
  }

  private @Nullable ServerStatus login(Caller caller, RunningServer server) {
    if (!(server.definition().endpoint() instanceof Endpoint.Remote)) {
      return null;
    }
    LoginStatus status;
    try {
      status = oauth.status(caller, server.name());
    } catch (McpFailure failure) {
      return ServerStatus.error(told.reason(failure, caller));
    }
    return switch (status) {
      case LoginStatus.NotNeeded none -> null;
      case LoginStatus.Authorized done -> null;
      case LoginStatus.LoginRequired required ->
          ServerStatus.of(ServerStatus.Status.OAUTH_REQUIRED);
      case LoginStatus.LoginPending(var link, var until) ->
          new ServerStatus(
              ServerStatus.Status.OAUTH_REQUIRED,
              List.of(),
              link == null ? "The login has begun in a browser." : null,
              link == null ? null : link.toString());
      case LoginStatus.LoginFailed(String why) -> ServerStatus.error(told.failedLogin(why, caller));
    };
  }
}
