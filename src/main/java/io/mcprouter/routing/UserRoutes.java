package io.mcprouter.routing;

import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.ServerName;
import io.mcprouter.config.UserEntry;
import io.mcprouter.protocol.Caller;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers that users added, as routes: a user's are compiled when they come, and let go when
 * they have been away for a while.
 */
final class UserRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(UserRoutes.class);

  private static final CompletableFuture<Void> NOTHING_TO_KNOW =
      CompletableFuture.completedFuture(null);

  private final Host host;
  private final UserServerSource source;
  private final Room room;
  private final Map<String, Owned> owners = new ConcurrentHashMap<>();
  private final Map<String, RunningServer> byName = new ConcurrentHashMap<>();
  private final Map<String, RunningServer> byRoute = new ConcurrentHashMap<>();
  private final AtomicInteger running = new AtomicInteger();

  /** The first generation of a server of the file is 1; these are told apart from it. */
  private final AtomicInteger generations = new AtomicInteger(1);

  UserRoutes(Host host, UserServerSource source, Room room) {
    this.host = host;
    this.source = source;
    this.room = room;
  }

  /** What is known now of a caller's servers. */
  OwnServers now(Caller caller) {
    Owned owned = owners.get(caller.key());
    return owned == null ? OwnServers.NONE : owned.used();
  }

  /** Complete when all is known of a caller's servers. */
  CompletableFuture<Void> known(Caller caller) {
    if (caller.isApplication()) {
      return NOTHING_TO_KNOW;
    }
    Owned owned = owners.get(caller.key());
    if (owned == null) {
      owned = owners.computeIfAbsent(caller.key(), key -> new Owned(caller, this));
    }
    return owned.known();
  }

  @Nullable RunningServer find(String name) {
    return byName.get(name);
  }

  @Nullable RunningServer findByRoute(String routeId) {
    return byRoute.get(routeId);
  }

  Collection<RunningServer> all() {
    return byName.values();
  }

  /** A user's entries have changed. */
  void changed(String user) {
    Owned owned = owners.get(user);
    if (owned != null) {
      owned.readAnew();
    }
  }

  /** Anybody's entries may have changed. */
  void changed() {
    owners.values().forEach(Owned::readAnew);
  }

  /** The file has other names. */
  void fileChanged() {
    owners.values().forEach(Owned::compareNames);
  }

  /**
   * Lets the servers of users go who have been away.
   *
   * @param inUse whether a server, by name, still has a session of a user, by key
   */
  void letGo(Duration idle, BiPredicate<String, String> inUse) {
    for (Owned owned : owners.values()) {
      if (owned.isUnusedFor(idle) && !owned.isInUse(inUse)) {
        owned.letGo(idle);
      }
    }
  }

  /** Forgets a user; nothing is theirs until they come again. */
  void forget(Owned owned) {
    owners.remove(owned.user(), owned);
  }

  List<UserEntry> read(String tenant, String user) {
    return source.of(tenant, user);
  }

  boolean isTaken(String name) {
    return host.isTaken(name);
  }

  /**
   * Makes a route.
   *
   * @throws McpFailure when the entry gives none, or when there is no room
   */
  RunningServer start(ServerDefinition definition, Owned owner) throws McpFailure {
    makeRoom(definition.name(), owner);
    boolean started = false;
    try {
      RunningServer server = host.compile(definition, generations.incrementAndGet());
      started = true;
      return server;
    } finally {
      if (!started) {
        running.decrementAndGet();
      }
    }
  }

  private void makeRoom(String server, Owned newcomer) throws McpFailure {
    while (running.incrementAndGet() > room.most()) {
      running.decrementAndGet();
      if (dispensable(newcomer).noneMatch(owned -> owned.letGo(room.spared()))) {
        throw McpFailure.limit(
            server,
            room.most()
                + " servers that users added are in use, the most that are allowed"
                + " (mcp-router.user-servers.max-running); try again later");
      }
    }
  }

  /**
   * Who may have to make room: those without a session, which would end, before the others, and
   * each in order of use as it is now: it goes on meanwhile.
   */
  private Stream<Owned> dispensable(Owned newcomer) {
    List<Owned> unused = longestUnused(newcomer);
    return Stream.concat(
        unused.stream().filter(owned -> !owned.isInUse(room.inUse())), unused.stream());
  }

  private List<Owned> longestUnused(Owned newcomer) {
    long now = System.nanoTime();
    return owners.values().stream()
        .filter(owned -> owned != newcomer && !owned.servers().isEmpty())
        .filter(owned -> owned.isUnusedFor(room.spared()))
        .map(owned -> Map.entry(owned, owned.lastUsed() - now))
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Calls find the server from now on, and no longer the one in whose place it comes. */
  void enter(RunningServer server) {
    byRoute.put(server.routeId(), server);
    byName.put(server.name(), server);
  }

  /** Ends a route with its last call. */
  void leave(RunningServer server) {
    byName.remove(server.name(), server);
    host.retire(server);
    byRoute.remove(server.routeId(), server);
    running.decrementAndGet();
  }

  void tell(String user, Difference difference) {
    if (!difference.isEmpty()) {
      host.changed(user, difference);
    }
  }

  /**
   * How much room there is, and who makes more.
   *
   * @param most how many routes there may be at once
   * @param spared who used a server within this time makes none
   * @param inUse whether a server, by name, has a session of a user, by key
   */
  record Room(int most, Duration spared, BiPredicate<String, String> inUse) {}

  /** A call of a server whose owner's servers could not be read. */
  static McpFailure unknown(String name, Throwable thrown) {
    LOG.error("The servers of a user are not known, of whom '{}' is called", name, thrown);
    return McpFailure.of(
        McpFailure.Kind.INTERNAL,
        ServerName.shown(name),
        "the router cannot tell which servers you added; its log says why; try again later");
  }

  /** What the routes of users' servers need of the others. */
  interface Host {
    RunningServer compile(ServerDefinition definition, int generation) throws McpFailure;

    /** Takes a route away that gets no more calls, when the last one is over. */
    void retire(RunningServer server);

    /** Whether the file has a server that could not stand beside one of that name. */
    boolean isTaken(String name);

    void changed(String user, Difference difference);
  }

  /** What became of a user's servers, by the router's own names. */
  record Difference(Set<String> added, Set<String> changed, Set<String> removed) {
    boolean isEmpty() {
      return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
    }
  }
}
