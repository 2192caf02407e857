package io.mcprouter.routing;

import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.UserEntry;
import io.mcprouter.protocol.Caller;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One user's own servers, from when the user comes until they have been away for a while. Readers
 * see what is known now; one thread at a time changes it, under the lock of this object.
 */
final class Owned {
  private static final Logger LOG = LoggerFactory.getLogger(Owned.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final String user;
  private final String tenant;
  private final String id;
  private final UserRoutes routes;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile OwnServers servers = OwnServers.NONE;
  private volatile List<UserEntry> entries = List.of();
  private volatile long lastUsed = System.nanoTime();

  /** When to try again what did not succeed; null where all did. */
  private volatile @Nullable Long retryAt;

  private volatile @Nullable CompletableFuture<Void> reading;
  private volatile boolean gone;

  /** Nothing is kept of the owner but who they are: other calls come with other tokens. */
  Owned(Caller owner, UserRoutes routes) {
    this.user = owner.key();
    this.tenant = owner.tenant();
    this.id = owner.id();
    this.routes = routes;
  }

  String user() {
    return user;
  }

  OwnServers servers() {
    return servers;
  }

  OwnServers used() {
    lastUsed = System.nanoTime();
    return servers;
  }

  long lastUsed() {
    return lastUsed;
  }

  /** Complete when the user's servers are known; starts what that needs. */
  CompletableFuture<Void> known() {
    lastUsed = System.nanoTime();
    CompletableFuture<Void> begun = reading;
    Long retry = retryAt;
    if (begun == null || (retry != null && lastUsed - retry > 0)) {
      return begin();
    }
    return begun;
  }

  private synchronized CompletableFuture<Void> begin() {
    CompletableFuture<Void> begun = reading;
    Long retry = retryAt;
    if (begun == null || (begun.isDone() && retry != null)) {
      retryAt = null;
      begun = CompletableFuture.runAsync(this::read, Thread::startVirtualThread);
      reading = begun;
    }
    return begun;
  }

  /** The entries are others: whoever asks from now on waits until they are read. */
  synchronized void readAnew() {
    reading = CompletableFuture.runAsync(this::read, Thread::startVirtualThread);
  }

  private void read() {
    boolean settled = false;
    lock.lock();
    try {
      settle(routes.read(tenant, id));
      settled = true;
    } catch (RuntimeException e) {
      LOG.error("The servers that a user added cannot be read; tried again when they call", e);
    } finally {
      if (!settled) {
        retryAt = System.nanoTime() + PAUSE.toNanos();
      }
      lock.unlock();
    }
  }

  /** Settles anew where the file has taken one of the names, or has given one back. */
  void compareNames() {
    OwnServers now = servers;
    boolean differs =
        entries.stream()
            .filter(entry -> entry.definition() != null)
            .anyMatch(entry -> (now.find(entry.name()) == null) != routes.isTaken(entry.name()));
    if (differs) {
      readAnew();
    }
  }

  private void settle(List<UserEntry> wanted) {
    if (gone) {
      return;
    }
    OwnServers before = servers;
    OwnServers now = started(wanted, before);
    entries = wanted;
    replace(before, now);
  }

  /** The servers of these entries; where that fails, what was started for it ends again. */
  private OwnServers started(List<UserEntry> wanted, OwnServers before) {
    Map<String, RunningServer> running = new LinkedHashMap<>();
    Map<String, String> failed = new LinkedHashMap<>();
    boolean complete = false;
    try {
      wanted.forEach(entry -> start(entry, before, running, failed));
      complete = true;
    } finally {
      if (!complete) {
        running.values().stream().filter(server -> isNew(server, before)).forEach(routes::leave);
      }
    }
    return new OwnServers(running, failed);
  }

  private void start(
      UserEntry entry,
      OwnServers before,
      Map<String, RunningServer> running,
      Map<String, String> failed) {
    String problem = problem(entry);
    if (problem != null) {
      failed.put(entry.name(), problem);
      return;
    }
    RunningServer server = running(entry, before.find(entry.name()), failed);
    if (server != null) {
      running.put(entry.name(), server);
    }
  }

  private @Nullable String problem(UserEntry entry) {
    if (routes.isTaken(entry.name())) {
      return "the administrator has a server of this name, or of one too much like it; add yours"
          + " under another name";
    }
    return entry.definition() == null ? String.join("; ", entry.problems()) : null;
  }

  private @Nullable RunningServer running(
      UserEntry entry, @Nullable RunningServer former, Map<String, String> failed) {
    ServerDefinition definition = entry.definition();
    if (definition == null || (former != null && former.definition().sameAs(definition))) {
      return former;
    }
    try {
      return routes.start(definition, this);
    } catch (McpFailure failure) {
      failed.put(entry.name(), failure.reason());
      if (failure.kind() == McpFailure.Kind.LIMIT_REACHED) {
        retryAt = System.nanoTime() + PAUSE.toNanos();
      }
      return null;
    }
  }

  private void replace(OwnServers before, OwnServers now) {
    now.all().stream().filter(server -> isNew(server, before)).forEach(routes::enter);
    servers = now;
    before.all().stream().filter(server -> isNew(server, now)).forEach(routes::leave);
    routes.tell(user, difference(before, now));
  }

  private static boolean isNew(RunningServer server, OwnServers others) {
    return others.find(server.name()) != server;
  }

  private static UserRoutes.Difference difference(OwnServers before, OwnServers now) {
    Set<String> was = names(before);
    Set<String> is = names(now);
    Set<String> added = new HashSet<>(is);
    added.removeAll(was);
    Set<String> removed = new HashSet<>(was);
    removed.removeAll(is);
    Set<String> changed =
        now.all().stream()
            .filter(server -> was.contains(server.name()) && isNew(server, before))
            .map(RunningServer::name)
            .collect(Collectors.toSet());
    return new UserRoutes.Difference(added, changed, removed);
  }

  private static Set<String> names(OwnServers servers) {
    return servers.all().stream().map(RunningServer::name).collect(Collectors.toSet());
  }

  boolean isInUse(BiPredicate<String, String> sessions) {
    return servers.all().stream().anyMatch(server -> sessions.test(server.name(), user));
  }

  /** Whether the user has not been seen for this long. */
  boolean isUnusedFor(Duration time) {
    return System.nanoTime() - lastUsed >= time.toNanos();
  }

  /**
   * Ends the routes, unless calls are on them or they are about to change, or the user has come
   * again meanwhile.
   */
  boolean letGo(Duration unused) {
    if (!lock.tryLock()) {
      return false;
    }
    try {
      if (gone
          || !isUnusedFor(unused)
          || servers.all().stream().anyMatch(server -> !server.isIdle())) {
        return false;
      }
      gone = true;
      routes.forget(this);
      OwnServers last = servers;
      servers = OwnServers.NONE;
      last.all().forEach(routes::leave);
      return true;
    } finally {
      lock.unlock();
    }
  }
}
