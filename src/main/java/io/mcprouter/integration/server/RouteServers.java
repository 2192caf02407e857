package io.mcprouter.integration.server;

import io.mcprouter.catalog.ListKind;
import io.mcprouter.config.ServerSet;
import io.mcprouter.routing.Disclosure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * The MCP servers that routes are, by name. Changes are gathered before anybody is told: a route
 * that is replaced is no news.
 *
 * <p>The lock of this object guards what routes offer; nothing that could wait is called under it.
 */
public final class RouteServers implements AutoCloseable {
  /** How long a route that went away is awaited before its item is gone. */
  private static final long AWAITED_MILLIS = 500;

  /** How long a hold lasts at most: whoever took it may never come back. */
  private static final long LONGEST_HOLD_MILLIS = TimeUnit.MINUTES.toMillis(10);

  private static final long GATHERED_MILLIS = 50;

  private final Surroundings surroundings;
  private final Map<String, RouteServer> servers = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, EnumSet<ListKind>> changes = new TreeMap<>();
  private final BesideFile besideFile = new BesideFile();

  public RouteServers() {
    this(Disclosure.full(), (server, routeId, step) -> {});
  }

  /**
   * @param disclosure what callers are told of failures inside routes
   * @param observer is told of steps that cannot be stopped
   */
  public RouteServers(Disclosure disclosure, Observer observer) {
    this.surroundings = new Surroundings(timer(), disclosure, observer);
  }

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().daemon().name("mcp-routes").factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /**
   * The servers of a Camel context: those that its registry has, else its own, which are made and
   * go with it.
   */
  public static RouteServers of(CamelContext camel) {
    synchronized (camel) {
      RouteServers known = camel.getRegistry().findSingleByType(RouteServers.class);
      return known == null ? made(camel) : known;
    }
  }

  private static RouteServers made(CamelContext camel) {
    RouteServers servers = new RouteServers();
    camel.getRegistry().bind("mcpRouteServers", servers);
    camel.getCamelContextExtension().addInterceptStrategy(new StoppableSteps());
    camel.addLifecycleStrategy(new EndsWithContext(servers));
    return servers;
  }

  /** What callers are told of failures. */
  public Disclosure disclosure() {
    return surroundings.disclosure();
  }

  /** A server by name, with or without routes. */
  RouteServer server(String name) {
    return servers.computeIfAbsent(name, key -> new RouteServer(key, surroundings));
  }

  /** Adds a listener, who hears of changes when they are settled, on a thread of its own. */
  public void onChange(Listener listener) {
    listeners.add(listener);
  }

  /**
   * A route offers something from now on.
   *
   * @throws IllegalStateException where another route does so already, or where the servers file
   *     has a server of that name
   */
  public synchronized void add(String server, RouteItem item) {
    besideFile.check(server, item);
    if (server(server).items(item.kind()).add(server, item)) {
      changed(server, item.kind());
    }
  }

  /** A route stops to offer something; it is awaited for a moment. */
  public synchronized void remove(String server, RouteItem item) {
    if (server(server).items(item.kind()).remove(item)) {
      Runnable leave = () -> leave(server, item.kind(), item.key());
      surroundings.timer().schedule(leave, AWAITED_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void leave(String server, ListKind kind, String key) {
    if (server(server).items(kind).leave(key)) {
      changed(server, kind);
    }
  }

  /**
   * Holds what routes offer while they are replaced: lists go on to show it, calls of it wait until
   * it is there again, or until the hold is closed or has lasted ten minutes.
   *
   * @param routeIds the routes that will go, and maybe come back
   */
  public synchronized Hold hold(Collection<String> routeIds) {
    Predicate<String> which = Set.copyOf(routeIds)::contains;
    List<Runnable> releases = new ArrayList<>();
    List<BooleanSupplier> idle = new ArrayList<>();
    for (RouteServer server : servers.values()) {
      for (ListKind kind : ListKind.values()) {
        for (String key : server.items(kind).keysOf(which)) {
          server.items(kind).hold(key);
          releases.add(() -> release(server.name(), kind, key));
          idle.add(() -> server.items(kind).isIdle(key));
        }
      }
    }
    Hold hold = new Hold(releases, idle);
    surroundings.timer().schedule(hold::close, LONGEST_HOLD_MILLIS, TimeUnit.MILLISECONDS);
    return hold;
  }

  private synchronized void release(String server, ListKind kind, String key) {
    server(server).items(kind).release(key);
    leave(server, kind, key);
  }

  /** A resource is another now: whoever subscribed to it is told. */
  public void updated(String server, String uri) {
    server(server).updated(uri);
  }

  /** The URI, or the template, of the resource that a route offers under a name; null for none. */
  public @Nullable String resourceUri(String server, String name) {
    return server(server).shown().stream()
        .filter(item -> item.name().equals(name) && !item.key().equals(name))
        .map(RouteItem::key)
        .findFirst()
        .orElse(null);
  }

  private void changed(String server, ListKind kind) {
    if (changes.isEmpty()) {
      surroundings
          .timer()
          .schedule(
              () -> Thread.ofVirtual().name("mcp-routes-changed").start(this::tell),
              GATHERED_MILLIS,
              TimeUnit.MILLISECONDS);
    }
    changes.computeIfAbsent(server, key -> EnumSet.noneOf(ListKind.class)).add(kind);
  }

  /** Tells of what has changed so far now, on this thread. */
  public void settle() {
    tell();
  }

  private void tell() {
    Map<String, EnumSet<ListKind>> gathered;
    synchronized (this) {
      if (changes.isEmpty()) {
        return; // it was told before
      }
      gathered = new TreeMap<>(changes);
      changes.clear();
    }
    listeners.forEach(listener -> listener.changed(gathered.keySet()));
    gathered.forEach(
        (server, kinds) ->
            kinds.forEach(
                kind -> {
                  server(server).changed(kind);
                  listeners.forEach(listener -> listener.listChanged(server, kind));
                }));
  }

  /** The servers of a file, with those that routes are beside them. */
  public synchronized ServerSet beside(ServerSet file) {
    return besideFile.with(file, servers.values());
  }

  @Override
  public void close() {
    surroundings.timer().shutdownNow();
  }

  /**
   * Keeps what routes offer in its place while they are replaced. Closing it twice does nothing.
   */
  public static final class Hold implements AutoCloseable {
    private final List<Runnable> releases;
    private final List<BooleanSupplier> idle;
    private final AtomicBoolean held = new AtomicBoolean(true);

    private Hold(List<Runnable> releases, List<BooleanSupplier> idle) {
      this.releases = List.copyOf(releases);
      this.idle = List.copyOf(idle);
    }

    /** Whether all calls have ended that came before. */
    public boolean isIdle() {
      return idle.stream().allMatch(BooleanSupplier::getAsBoolean);
    }

    @Override
    public void close() {
      if (held.getAndSet(false)) {
        releases.forEach(Runnable::run);
      }
    }
  }

  /** Hears of what routes offer, when it is settled. */
  public interface Listener {
    /** Servers came, went, or have other terms; or only their lists are others. */
    void changed(Set<String> servers);

    /** A list of a server is another now. */
    void listChanged(String server, ListKind kind);
  }

  /** Hears of steps that go on although nobody waits for them. */
  @FunctionalInterface
  public interface Observer {
    void unstoppable(String server, String routeId, String step);
  }

  /** What servers of routes share. */
  record Surroundings(
      ScheduledThreadPoolExecutor timer, Disclosure disclosure, Observer observer) {}
}
