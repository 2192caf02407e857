package io.mcprouter.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.oauth.OAuth;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.RunningServer;
import io.mcprouter.session.Sessions;
import io.mcprouter.transport.spi.McpFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The servers that a user sees, how each stands for them, and connecting them. */
@RestController
@RequestMapping("/api/servers")
public final class ServersApi {
  private final VisibleServers servers;
  private final Statuses statuses;
  private final Initializations initializations;
  private final LastFailures failures;
  private final Sessions sessions;
  private final OAuth oauth;
  private final Told told;

  public ServersApi(
      VisibleServers servers,
      Statuses statuses,
      Initializations initializations,
      LastFailures failures,
      Sessions sessions,
      Told told,
      OAuth oauth) {
    this.oauth = oauth;
    this.servers = servers;
    this.statuses = statuses;
    this.initializations = initializations;
    this.failures = failures;
    this.sessions = sessions;
    this.told = told;
  }

  @GetMapping
  List<Server> all(@AuthenticationPrincipal Caller caller) {
    Map<String, Set<String>> saved = statuses.saved(caller);
    return servers.of(caller).stream()
        .map(
            server ->
                Server.of(
                    server,
                    statuses.of(caller, server, saved.getOrDefault(server.name(), Set.of()))))
        .toList();
  }

  @GetMapping("/{server}")
  Server one(@AuthenticationPrincipal Caller caller, @PathVariable String server) {
    RunningServer found = servers.find(caller, server);
    return Server.of(found, statuses.of(caller, found));
  }

  @GetMapping("/{server}/status")
  ServerStatus status(@AuthenticationPrincipal Caller caller, @PathVariable String server) {
    return statuses.of(caller, servers.find(caller, server));
  }

  /** Connects the caller's session, unless it is connected. */
  @Audited("server.initialize")
  @PostMapping("/{server}/initialize")
  Initialized initialize(@AuthenticationPrincipal Caller caller, @PathVariable String server)
      throws Exception {
    RunningServer found = servers.find(caller, server);
    // only a new session says what the caller has to do
    boolean isOver = statuses.of(caller, found).status() == ServerStatus.Status.OAUTH_REQUIRED;
    return connect(
        caller,
        found,
        isOver ? sessions.close(server, caller.key()) : CompletableFuture.completedFuture(null));
  }

  /** Closes the caller's sessions with the server and connects anew. */
  @Audited("server.reinitialize")
  @PostMapping("/{server}/reinitialize")
  Initialized reinitialize(@AuthenticationPrincipal Caller caller, @PathVariable String server)
      throws Exception {
    RunningServer found = servers.find(caller, server);
    failures.forget(found.name(), caller.key());
    CompletableFuture<Void> closed = sessions.close(found.name(), caller.key());
    return connect(caller, found, closed);
  }

  private Initialized connect(Caller caller, RunningServer server, CompletableFuture<Void> before)
      throws Exception {
    Optional<McpFailure> failure;
    try {
      failure =
          before
              .thenCompose(none -> initializations.begin(caller, server.name()))
              .get(server.definition().timeouts().timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      failure =
          Optional.of(McpFailure.timedOut(server.name(), server.definition().timeouts().timeout()));
    }
    ActionAudit.outcome(failure.map(why -> why.kind().label()).orElse("ok"));
    return new Initialized(
        failure.isEmpty(),
        failure.map(why -> why.kind().label()).orElse(null),
        failure.map(why -> told.reason(why, caller)).orElse(null),
        statuses.of(caller, server));
  }

  /** Gives up connecting and an open login, where they are under way. */
  @Audited("server.cancel")
  @PostMapping("/{server}/cancel")
  ServerStatus cancel(@AuthenticationPrincipal Caller caller, @PathVariable String server) {
    RunningServer found = servers.find(caller, server);
    initializations.cancel(caller, found.name());
    oauth.cancelLogin(caller, found.name());
    return statuses.of(caller, found);
  }

  /**
   * A server. Its address, headers, command and environment are the administrator's own and not
   * shown.
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Server(
      String name,
      String title,
      @Nullable String description,
      String transport,
      boolean chatMenu,
      boolean hasVariables,
      ServerStatus connection) {
    static Server of(RunningServer server, ServerStatus status) {
      ServerDefinition definition = server.definition();
      return new Server(
          server.shownName(),
          definition.title(),
          definition.presentation().description(),
          definition.transport().text(),
          definition.presentation().chatMenu(),
          !VisibleServers.variables(server).isEmpty(),
          status);
    }
  }

  /**
   * What came of connecting.
   *
   * @param failureReason the kind of failure, such as {@code login_required}; null on success
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Initialized(
      boolean success,
      @Nullable String failureReason,
      @Nullable String message,
      ServerStatus connection) {}
}
