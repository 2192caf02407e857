package io.mcprouter.routing;

import io.mcprouter.config.ServerDefinition;
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

/**
 * The servers that users added, as routes: a user's are compiled when they come, and let go when
 * they have been away for a while.
 */
final class UserRoutes {
  private static final CompletableFuture<Void> NOTHING_TO_KNOW =
      CompletableFuture.completedFuture(null);

  private final Host host;
  private final UserServerSource source;
  private final int most;
  private final Map<String, Owned> owners = new ConcurrentHashMap<>();
  private final Map<String, RunningServer> byName = new ConcurrentHashMap<>();
  private final Map<String, RunningServer> byRoute = new ConcurrentHashMap<>();
  private final AtomicInteger running = new AtomicInteger();

  /** The first generation of a server of the file is 1; these are told apart from it. */
  private final AtomicInteger generations = new AtomicInteger(1);

  /**
   * @param most how many routes there may be at once
   */
  UserRoutes(Host host, UserServerSource source, int most) {
    this.host = host;
    this.source = source;
    this.most = most;
  }

  /** What is known now of a caller's servers. */
  OwnServers now(Caller caller) {
    Owned owned = owners.get(caller.key());
    return owned == null ? OwnServers.NONE : owned.used();
  }

  /** Complete when all is known of a caller's servers; never fails. */
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
   * @param inUse whether a user, by key, still has a session with a server
   */
  void letGo(Duration idle, BiPredicate<String, String> inUse) {
    long now = System.nanoTime();
    for (Owned owned : owners.values()) {
      if (now - owned.lastUsed() > idle.toNanos() && !owned.isInUse(inUse)) {
        owned.letGo();
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
    try {
      return host.compile(definition, generations.incrementAndGet());
    } catch (McpFailure failure) {
      running.decrementAndGet();
      throw failure;
    }
  }

  private void makeRoom(String server, Owned newcomer) throws McpFailure {
    while (running.incrementAndGet() > most) {
      running.decrementAndGet();
      if (longestUnused(newcomer).noneMatch(Owned::letGo)) {
        throw McpFailure.limit(
            server,
            most
                + " servers that users added are in use, the most that are allowed"
                + " (mcp-router.user-servers.max-running); try again later");
      }
    }
  }

  /** In order of use as it is now: it goes on meanwhile. */
  private Stream<Owned> longestUnused(Owned newcomer) {
    long now = System.nanoTime();
    return owners.values().stream()
        .filter(owned -> owned != newcomer && !owned.servers().isEmpty())
        .map(owned -> Map.entry(owned, owned.lastUsed() - now))
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey);
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
