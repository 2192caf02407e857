package io.mcprouter.session;

import com.github.benmanes.caffeine.cache.Ticker;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.ServerEvents;
import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.ConnectionTarget;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpConnection;
import io.mcprouter.transport.spi.McpConnections;
import io.mcprouter.transport.spi.McpEndpoint;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.RemoteTarget;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The router's connections: each user has sessions of their own with each server. A session opens
 * when a call first needs it, once however many ask, serves all calls under its key, and closes
 * when it was idle for long enough. A caller that is the application (start-up, status, shared
 * listings) has a session that belongs to nobody; acquiring it is how a server is warmed up.
 */
public final class Sessions implements McpConnections {
  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  private final SessionSettings settings;
  private final SessionPolicies policies;
  private final SessionRights rights;
  private final Lifecycle lifecycle;

  /**
   * @param rights what callers may do at servers
   * @param policies what the servers' entries say
   * @param events hears what servers say outside of calls, and declines what nobody can answer
   * @param observers are told of sessions' lives
   */
  public Sessions(
      SessionSettings settings,
      SessionPolicies policies,
      SessionRights rights,
      ServerEvents events,
      List<SessionObserver> observers) {
    this(settings, policies, rights, events, observers, Ticker.systemTicker());
  }

  Sessions(
      SessionSettings settings,
      SessionPolicies policies,
      SessionRights rights,
      ServerEvents events,
      List<SessionObserver> observers,
      Ticker ticker) {
    this.rights = rights;
    this.settings = settings;
    this.policies = policies;
    this.lifecycle = new Lifecycle(settings, events, SessionObserver.all(observers), ticker);
  }

  /** Never completes with a session that has ended. No locks and no stages where one is open. */
  @Override
  public CompletableFuture<McpConnection> acquire(Exchange exchange, McpEndpoint endpoint) {
    String server = endpoint.server();
    try {
      McpCall call = McpCall.of(exchange);
      ConnectionTarget target = endpoint.target(exchange);
      SessionPolicy policy = policies.of(server);
      SessionKey key = SessionKey.of(call, server, target, isShared(policy, server, target));
      Session session = lifecycle.cache().find(key);
      if (session != null && session.isUsable()) {
        session.calledBy(call.caller());
        return session.ready();
      }
      if (session != null) {
        lifecycle.lost(session, McpFailure.connectionLost(server, "it is closed"));
      }
      return lifecycle.open(origin(key, call, target, policy, endpoint));
    } catch (McpFailure | RuntimeException e) {
      return CompletableFuture.failedFuture(McpFailure.from(e, server));
    }
  }

  private boolean isShared(@Nullable SessionPolicy policy, String server, ConnectionTarget target) {
    return (policy != null && policy.shared())
        || (settings.sharing() == SessionSettings.Sharing.LIBRECHAT
            && !target.isPersonal()
            && !rights.isRequired(server));
  }

  /** The target with what the owner of the session may do there. */
  private ConnectionTarget entitled(SessionKey key, McpCall call, ConnectionTarget target)
      throws McpFailure {
    Caller owner = key.user().isEmpty() ? Caller.APPLICATION : call.caller();
    return target instanceof RemoteTarget remote
        ? rights.with(owner, key.server(), remote)
        : target;
  }

  private Origin origin(
      SessionKey key,
      McpCall call,
      ConnectionTarget target,
      @Nullable SessionPolicy policy,
      McpEndpoint endpoint)
      throws McpFailure {
    String capabilities = key.belongsToClient() ? call.client().capabilities() : "{}";
    ConnectionOptions options =
        policy == null
            ? endpoint.connectionOptions().withCapabilities(capabilities)
            : new ConnectionOptions(
                key.server(),
                policy.initTimeout(),
                policy.streamIdle(),
                capabilities,
                settings.limits());
    String transport = policy == null ? scheme(endpoint) : policy.transport();
    return new Origin(key, transport, endpoint.connector(), entitled(key, call, target), options);
  }

  private static String scheme(McpEndpoint endpoint) {
    String uri = endpoint.getEndpointUri();
    int end = uri.indexOf(':');
    return end < 0 ? uri : uri.substring(0, end);
  }

  /**
   * Closes nothing: routes and their endpoints come and go while sessions live on. {@link
   * #drain(String, Duration)} closes the sessions of an entry that was changed or removed.
   */
  @Override
  public CompletableFuture<Void> release(McpEndpoint endpoint) {
    return CompletableFuture.completedFuture(null);
  }

  /**
   * The server's entry was changed or removed: no further call gets one of its sessions, and each
   * closes with its last call.
   *
   * @param limit how long calls in flight may take; then they fail
   * @return completes when nothing is left of these sessions
   */
  public CompletableFuture<Void> drain(String server, Duration limit) {
    return lifecycle.drain(server, limit);
  }

  /**
   * Closes a server's sessions at once; calls in flight fail. Remembered failures are forgotten.
   */
  public CompletableFuture<Void> close(String server) {
    lifecycle.forget(server);
    return closeAll(session -> session.server().equals(server));
  }

  /**
   * Closes one user's sessions with a server at once; calls in flight fail. Remembered failures of
   * the user are forgotten.
   */
  public CompletableFuture<Void> close(String server, String user) {
    retry(server, user);
    return closeAll(
        session -> session.server().equals(server) && session.key().user().equals(user));
  }

  /** Forgets that a user's sessions could not be opened: the next call tries at once. */
  public void retry(String server, String user) {
    lifecycle.failed().forget(server, user);
  }

  private CompletableFuture<Void> closeAll(Predicate<Session> which) {
    List<Session> sessions = lifecycle.present().stream().filter(which).toList();
    sessions.forEach(lifecycle::close);
    return Lifecycle.gone(sessions);
  }

  /** Forgets that the server could not be reached: the next call tries at once. */
  public void reopen(String server) {
    lifecycle.failed().forget(server);
  }

  /**
   * A client session is over: closes the sessions that are its alone, and drops its subscriptions
   * in those that it shared. To be called after its open calls were cancelled.
   */
  public void clientGone(String clientSession) {
    if (!clientSession.isEmpty()) {
      lifecycle.clientGone(clientSession);
    }
  }

  /**
   * Closes everything and opens nothing any more. Returns when all connections and child processes
   * are gone, or when the limit is up.
   */
  public void stop(Duration limit) {
    CompletableFuture<Void> gone = lifecycle.stop();
    try {
      gone.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warn(
          "{} sessions were not closed within {} ms; going on without them",
          lifecycle.present().size(),
          limit.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      LOG.warn("Closing the sessions failed", e.getCause());
    }
  }

  /**
   * How a user's sessions with a server are; reading it changes nothing.
   *
   * @param user the user's key; the sessions that users share count where the entry shares them
   */
  public SessionCondition condition(String server, String user) {
    SessionPolicy policy = policies.of(server);
    boolean shared =
        (policy != null && policy.shared())
            || settings.sharing() == SessionSettings.Sharing.LIBRECHAT;
    SessionCondition best = SessionCondition.NONE;
    for (Session session : lifecycle.present()) {
      String owner = session.key().user();
      if (session.server().equals(server)
          && !session.isEnded()
          && (owner.equals(user) || (shared && owner.isEmpty()))) {
        if (session.wasOpen()) {
          return SessionCondition.OPEN;
        }
        best = SessionCondition.OPENING;
      }
    }
    return best;
  }

  /** The number of open sessions by server. */
  public Map<String, Integer> sessionsByServer() {
    return byServer(open());
  }

  /** The number of child processes by server, starting and ending ones included. */
  public Map<String, Integer> childrenByServer() {
    return byServer(lifecycle.present().stream().filter(session -> session.origin().isChild()));
  }

  private static Map<String, Integer> byServer(Stream<Session> sessions) {
    Map<String, Integer> counts = new TreeMap<>();
    sessions.forEach(session -> counts.merge(session.server(), 1, Integer::sum));
    return counts;
  }

  /** The open sessions at this moment. */
  public Collection<SessionView> views() {
    return open().map(this::view).toList();
  }

  private Stream<Session> open() {
    return lifecycle.present().stream().filter(session -> session.wasOpen() && !session.isEnded());
  }

  private SessionView view(Session session) {
    return new SessionView(
        session.server(),
        session.key().user(),
        beginning(session.key().client()),
        session.origin().transport(),
        session.since(),
        lifecycle.cache().idleFor(session),
        session.inFlight(),
        session.standing().subscriptions());
  }

  private static String beginning(String clientSession) {
    return clientSession.length() > 8 ? clientSession.substring(0, 8) + "…" : clientSession;
  }

  /** Does the cache's work that is due: for tests with a clock of their own. */
  void cleanUp() {
    lifecycle.cache().cleanUp();
  }
}
