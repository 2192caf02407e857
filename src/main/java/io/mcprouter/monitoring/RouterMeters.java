package io.mcprouter.monitoring;

import io.mcprouter.config.ServerName;
import io.mcprouter.monitoring.ServerStates.ServerState;
import io.mcprouter.routing.CallObserver;
import io.mcprouter.routing.CallOutcome;
import io.mcprouter.routing.EndedCall;
import io.mcprouter.session.SessionEnd;
import io.mcprouter.session.SessionObserver;
import io.mcprouter.transport.spi.McpFailure;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The router's meters: what calls and sessions report by server, and gauges over the router's
 * state. Only servers of the file have meters of their own; those of a server that is removed go
 * with it.
 */
public final class RouterMeters implements CallObserver, SessionObserver {
  private static final Duration COUNTED_EVERY = Duration.ofSeconds(1);
  private static final String OPENED = "ok";

  private final MeterRegistry registry;
  private final ServerStates states;
  private final RouterState router;
  private final Supplier<Map<String, Integer>> sessions;
  private final Supplier<Map<String, Integer>> children;
  private final Supplier<Map<String, Integer>> openCalls;
  private final CircuitMeters circuits;
  private final Map<String, ServerMeters> servers = new ConcurrentHashMap<>();
  private volatile @Nullable ServerMeters ofUsers;

  /**
   * @param states whether servers can be reached
   * @param router is not asked before the first scrape or {@link #update}
   */
  public RouterMeters(MeterRegistry registry, ServerStates states, RouterState router) {
    this.registry = registry;
    this.states = states;
    this.router = router;
    this.sessions = counted(router::sessions);
    this.children = counted(router::children);
    this.openCalls = counted(router::openCalls);
    this.circuits = new CircuitMeters(registry, counted(router::circuitBreakers));
    gaugesOfRouter();
  }

  private static <T> Supplier<Map<String, T>> counted(Supplier<Map<String, T>> source) {
    return new Snapshot<>(source, COUNTED_EVERY, System::nanoTime);
  }

  private void gaugesOfRouter() {
    gauge("mcp.router.client.sessions", "Sessions of MCP clients", router::clientSessions);
    String entries = "Entries of the servers file";
    gauge("mcp.router.servers", entries, () -> router.running().size(), "state", "running");
    gauge("mcp.router.servers", entries, () -> router.failed().size(), "state", "failed");
    String most = "The most that there may be";
    gauge("mcp.router.limit", most, () -> router.limits().sessions(), "of", "sessions");
    gauge("mcp.router.limit", most, () -> router.limits().children(), "of", "children");
    gauge(
        "mcp.router.limit", most, () -> router.limits().clientSessions(), "of", "client_sessions");
  }

  private void gauge(String name, String description, Supplier<Number> value, String... tags) {
    Gauge.builder(name, value).description(description).tags(tags).register(registry);
  }

  /** Makes meters for servers that are new, and removes those of servers that are gone. */
  public synchronized void update() {
    Set<RouterState.RunningServer> running = Set.copyOf(router.running());
    List<ServerMeters> gone =
        servers.values().stream().filter(meters -> !running.contains(meters.server())).toList();
    for (ServerMeters meters : gone) {
      servers.remove(meters.server().name());
      meters.remove();
    }
    running.forEach(server -> servers.computeIfAbsent(server.name(), name -> metersOf(server)));
    states.retain(servers.keySet());
    circuits.update(router.circuitBreakers().keySet());
  }

  /** Null for a server that is gone. */
  private @Nullable ServerMeters metersOf(String server) {
    ServerMeters meters = servers.get(server);
    return meters == null && ServerName.isOfUser(server) ? metersOfUsers() : meters;
  }

  /** All servers that users added share their meters, which are made when there is a first one. */
  private ServerMeters metersOfUsers() {
    ServerMeters known = ofUsers;
    return known == null ? makeMetersOfUsers() : known;
  }

  private synchronized ServerMeters makeMetersOfUsers() {
    ServerMeters meters = ofUsers;
    if (meters == null) {
      meters = new ServerMeters(registry, RouterState.OF_USERS);
      counts(meters, RouterState.OF_USERS.name());
      ofUsers = meters;
    }
    return meters;
  }

  private void counts(ServerMeters meters, String name) {
    meters.gauge("mcp.router.sessions", "Open sessions with MCP servers", () -> of(sessions, name));
    meters.gauge(
        "mcp.router.calls.open", "Calls that wait for MCP servers", () -> of(openCalls, name));
  }

  private ServerMeters metersOf(RouterState.RunningServer server) {
    String name = server.name();
    ServerMeters meters = new ServerMeters(registry, server);
    counts(meters, name);
    meters.gauge("mcp.router.children", "Child processes of MCP servers", () -> of(children, name));
    meters.gauge(
        "mcp.router.server.up",
        "1 while the server can be reached, 0 while it cannot, NaN until somebody tries",
        () -> up(states.of(name)));
    return meters;
  }

  private static int of(Supplier<Map<String, Integer>> counts, String server) {
    return counts.get().getOrDefault(server, 0);
  }

  private static double up(ServerState state) {
    if (!state.isKnown()) {
      return Double.NaN;
    }
    return state.up() ? 1 : 0;
  }

  @Override
  public void ended(EndedCall call) {
    ended(call.server(), call.method(), call.outcome(), call.nanos());
  }

  void ended(String server, String method, CallOutcome outcome, long nanos) {
    ServerMeters meters = metersOf(server);
    if (meters != null) {
      meters.ended(method, outcome, nanos);
    }
  }

  /** A step of a route goes on although the call that it serves was stopped. */
  public void unstoppable(String server) {
    ServerMeters meters = metersOf(server);
    if (meters != null) {
      meters.unstoppable();
    }
  }

  @Override
  public void opened(String server, String transport, Duration took) {
    opening(server, OPENED, took);
  }

  @Override
  public void openFailed(String server, String transport, McpFailure.Kind kind, Duration took) {
    opening(server, kind.label(), took);
  }

  private void opening(String server, String outcome, Duration took) {
    ServerMeters meters = metersOf(server);
    if (meters != null) {
      meters.opening(outcome, took);
    }
  }

  @Override
  public void closed(String server, String transport, SessionEnd reason) {
    ServerMeters meters = metersOf(server);
    if (meters != null) {
      meters.closed(reason.label());
    }
  }
}
