package io.mcprouter.routing;

import io.mcprouter.config.FailedServer;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.ServerName;
import io.mcprouter.config.ServerSet;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.routing.files.ServerRoutes;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the routes in step with the servers file: adds, replaces, drains and removes only what
 * changed. Calls always find a complete set of servers; those that are open on a replaced route end
 * there.
 */
public final class RouteInstaller implements ServerCalls, ServerRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(RouteInstaller.class);

  /** Longer than anybody thinks between two calls of one task. */
  private static final Duration SPARED = Duration.ofSeconds(30);

  private static final CompletableFuture<Void> KNOWN = CompletableFuture.completedFuture(null);

  private final RouteCompiler compiler;
  private final CallObserver observer;
  private final List<ServerChanges> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> generations = new LinkedHashMap<>();

  private final LeavingServers leaving;

  private volatile RunningServers servers = RunningServers.NONE;
  private @Nullable ServerSet file;
  private UnaryOperator<ServerSet> beside = UnaryOperator.identity();
  private volatile @Nullable UserRoutes users;

  public RouteInstaller(CamelContext camel, RouteCompiler.Targets targets) {
    this(camel, targets, CallObserver.NOOP);
  }

  /**
   * @param observer is told of every call that went into a route
   */
  public RouteInstaller(CamelContext camel, RouteCompiler.Targets targets, CallObserver observer) {
    this.compiler = new RouteCompiler(camel, targets);
    this.leaving = new LeavingServers(compiler, this::tellRetired);
    this.observer = observer;
  }

  /** Adds a listener, who hears of changes after they took effect. */
  public void onChange(ServerChanges listener) {
    listeners.add(listener);
  }

  @Override
  public RunningServers servers() {
    return servers;
  }

  /**
   * Serves users the servers that they added.
   *
   * @param most how many of them may have a route at once
   * @param inUse whether a server, by name, has a session of a user, by key: such a user is the
   *     last to make room for others
   */
  public synchronized void serveUsers(
      UserServerSource source, int most, BiPredicate<String, String> inUse) {
    users = new UserRoutes(new UserHost(), source, new UserRoutes.Room(most, SPARED, inUse));
  }

  /**
   * Serves others beside the servers of the file, whose names theirs must not be.
   *
   * @param addition the file's servers with the others; asked for whenever the servers are settled
   */
  public synchronized void serveBeside(UnaryOperator<ServerSet> addition) {
    beside = addition;
  }

  /** The servers beside those of the file are others; nothing happens before there is a file. */
  public synchronized void renew() {
    if (file != null) {
      settle(beside.apply(file), Set.of());
    }
  }

  @Override
  public OwnServers own(Caller caller) {
    UserRoutes own = users;
    return own == null ? OwnServers.NONE : own.now(caller);
  }

  @Override
  public CompletableFuture<Void> known(Caller caller) {
    UserRoutes own = users;
    return own == null ? KNOWN : own.known(caller);
  }

  /** A user, by key, added, replaced or removed servers. */
  public void ownChanged(String user) {
    UserRoutes own = users;
    if (own != null) {
      own.changed(user);
    }
  }

  /** Any user may have added, replaced or removed servers. */
  public void ownChanged() {
    UserRoutes own = users;
    if (own != null) {
      own.changed();
    }
  }

  /**
   * Ends the routes of users' servers who have been away.
   *
   * @param inUse whether a server, by name, has a session of a user, by key
   */
  public void letGo(Duration idle, BiPredicate<String, String> inUse) {
    UserRoutes own = users;
    if (own != null) {
      own.letGo(idle, inUse);
    }
  }

  /** The servers that users added and that have a route now, of all users. */
  public Collection<RunningServer> ofUsers() {
    UserRoutes own = users;
    return own == null ? List.of() : own.all();
  }

  private @Nullable RunningServer ofUser(String name) {
    UserRoutes own = users;
    return own == null ? null : own.find(name);
  }

  /** The server of a route, for the steps of that route, also while it only ends its calls. */
  public @Nullable RunningServer byRoute(@Nullable String routeId) {
    if (routeId == null) {
      return null;
    }
    RunningServer server = servers.findByRoute(routeId);
    if (server == null) {
      UserRoutes own = users;
      server = own == null ? null : own.findByRoute(routeId);
    }
    return server == null ? leaving.find(routeId) : server;
  }

  /**
   * Makes the routes be those of {@code wanted}. An entry that cannot become a route is kept as
   * failed, with the reason; one that had a route before goes on with it as it was.
   */
  public synchronized void apply(ServerSet wanted) {
    file = wanted;
    settle(beside.apply(wanted), Set.of());
  }

  /**
   * Makes the routes anew that were made of route templates of these names; a server whose route
   * cannot be made any more goes on with the one it has.
   */
  @Override
  public synchronized void templatesChanged(Set<String> templates) {
    boolean any =
        servers.set().servers().values().stream()
            .anyMatch(definition -> definition.router().isMadeOf(templates));
    if (any) {
      settle(servers.set(), templates);
    }
  }

  @Override
  public synchronized void whileNoneIsMade(Runnable action) {
    compiler.pause(action);
  }

  @Override
  public boolean isReserved(String routeId) {
    return RouteCompiler.isOfServer(routeId);
  }

  private void settle(ServerSet wanted, Set<String> newTemplates) {
    RunningServers before = servers;
    List<ServerDefinition> unchanged =
        ServerSet.difference(before.set(), wanted).unchanged().stream()
            .filter(definition -> !definition.router().isMadeOf(newTemplates))
            .toList();
    Map<String, RunningServer> running = new LinkedHashMap<>();
    Map<String, String> failed = new LinkedHashMap<>();
    for (FailedServer entry : wanted.failed()) {
      failed.put(entry.name(), reasons(entry));
    }
    ServerSet next = wanted;
    for (ServerDefinition definition : wanted.servers().values()) {
      RunningServer former = before.find(definition.name());
      RunningServer server =
          former != null && unchanged.contains(definition) ? former : started(definition, failed);
      if (server == null && former != null) {
        server = former;
        next = next.with(former.definition());
      }
      if (server != null) {
        running.put(definition.name(), server);
      }
    }
    replace(before, new RunningServers(next, running, failed, this::ofUser));
    UserRoutes own = users;
    if (own != null) {
      own.fileChanged();
    }
  }

  private void replace(RunningServers before, RunningServers now) {
    List<RunningServer> old =
        before.all().stream().filter(server -> now.find(server.name()) != server).toList();
    servers = now;
    old.forEach(this::retire);
    tell(
        ServerSet.difference(before.set(), now.set()),
        !old.isEmpty() || !before.set().toolsets().equals(now.set().toolsets()));
  }

  private static String reasons(FailedServer entry) {
    return entry.reasons().stream()
        .map(fault -> fault.path() + ": " + fault.message())
        .collect(Collectors.joining("; "));
  }

  /** The definition's route, or null where it gives none; the reason is put among the others. */
  private @Nullable RunningServer started(ServerDefinition definition, Map<String, String> failed) {
    try {
      int generation = generations.merge(definition.name(), 1, Integer::sum);
      return compiler.compile(definition, generation);
    } catch (McpFailure failure) {
      if (!compiler.isEnding()) {
        LOG.warn("{}", failure.getMessage());
      }
      failed.put(definition.name(), failure.reason());
      return null;
    }
  }

  private void retire(RunningServer old) {
    leaving.begin(old);
  }

  /** Whether no route is on its way out. */
  boolean isSettled() {
    return leaving.isEmpty();
  }

  /** Nobody hears that a server went after they heard that it came back. */
  private void tellRetired(String server) {
    synchronized (listeners) {
      if (servers.find(server) == null) {
        listeners.forEach(listener -> listener.retired(server));
      }
    }
  }

  private void tell(ServerSet.Difference difference, boolean others) {
    if (difference.isEmpty() && !others) {
      return;
    }
    Set<String> added = names(difference.added());
    Set<String> changed = names(difference.changed());
    Set<String> removed = names(difference.removed());
    synchronized (listeners) {
      listeners.forEach(listener -> listener.changed(added, changed, removed));
    }
  }

  private static Set<String> names(List<ServerDefinition> definitions) {
    return definitions.stream().map(ServerDefinition::name).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void send(String name, Frame message, McpCall call, McpCall.Outcome outcome) {
    RunningServer server = servers.find(name);
    while (server != null && !server.enter()) {
      server = servers.find(name);
    }
    if (server == null) {
      sendLate(name, message, call, outcome);
      return;
    }
    if (server.isOfUser()) {
      sendOwn(server, message, call, outcome);
    } else {
      send(server, message, call, outcome);
    }
  }

  /** To a server that a user added, who alone may call it. */
  private void sendOwn(RunningServer server, Frame message, McpCall call, McpCall.Outcome outcome) {
    String name = server.name();
    OwnServers own = own(call.caller());
    if (own.find(name) != null) {
      send(server, message, call, outcome);
      return;
    }
    server.leave();
    if (own == OwnServers.NONE) { // let go, or not known yet
      sendLate(name, message, call, outcome);
    } else {
      outcome.accept(null, notRunning(name));
    }
  }

  /** To a server of the caller's own that was let go and comes back. */
  private void sendLate(String name, Frame message, McpCall call, McpCall.Outcome outcome) {
    if (!ServerName.isOfUser(name)) {
      outcome.accept(null, notRunning(name));
      return;
    }
    known(call.caller())
        .whenComplete(
            (known, thrown) -> {
              RunningServer server = own(call.caller()).find(name);
              if (server == null) {
                outcome.accept(
                    null, thrown == null ? notRunning(name) : UserRoutes.unknown(name, thrown));
              } else if (server.enter()) {
                send(server, message, call, outcome);
              } else {
                send(name, message, call, outcome); // another one has taken its place
              }
            });
  }

  private void send(RunningServer server, Frame message, McpCall call, McpCall.Outcome outcome) {
    RoutedCall routed = new RoutedCall(server, message, call, outcome, observer);
    if (server.isBlocking()) {
      Thread.startVirtualThread(routed::enter);
    } else {
      call.continueOn(Runnable::run);
      routed.enter();
    }
  }

  @Override
  public void refused(RefusedCall call) {
    observer.refused(call);
  }

  private McpFailure notRunning(String name) {
    String reason = servers.failed().get(name);
    return reason == null
        ? McpFailure.of(
            McpFailure.Kind.NOT_CONFIGURED, ServerName.shown(name), "there is no such server")
        : McpFailure.of(
            McpFailure.Kind.NOT_CONFIGURED, name, "its entry cannot be used: " + reason);
  }

  private final class UserHost implements UserRoutes.Host {
    @Override
    public RunningServer compile(ServerDefinition definition, int generation) throws McpFailure {
      return compiler.compile(definition, generation);
    }

    @Override
    public void retire(RunningServer server) {
      RouteInstaller.this.retire(server);
    }

    @Override
    public boolean isTaken(String name) {
      return servers.isTaken(name);
    }

    @Override
    public void changed(String user, UserRoutes.Difference difference) {
      synchronized (listeners) {
        listeners.forEach(
            listener ->
                listener.changed(
                    user, difference.added(), difference.changed(), difference.removed()));
      }
    }
  }
}
