package io.mcprouter.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.RunningServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All kept lists: one shelf for the servers that are the same for everybody, and one for each user
 * for the servers that are not. A user is the caller with all fields, so that nobody sees what was
 * listed under another role.
 */
final class Shelves {
  private static final Duration IDLE = Duration.ofMinutes(30);

  private final Renewal renewal;
  private final Shelf common;
  private final Cache<Caller, Shelf> users;

  Shelves(Renewal renewal) {
    this.renewal = renewal;
    this.common = new Shelf(Caller.APPLICATION, renewal);
    this.users =
        Caffeine.newBuilder()
            .maximumSize(renewal.settings().maxUsers())
            .expireAfterAccess(IDLE)
            .executor(Runnable::run)
            .removalListener(Shelves::dropped)
            .build();
  }

  private static void dropped(@Nullable Caller user, @Nullable Shelf shelf, RemovalCause cause) {
    if (shelf != null) {
      shelf.close();
    }
  }

  Shelf common() {
    return common;
  }

  /** The shelf of a user's own lists. */
  Shelf of(Caller user) {
    Shelf shelf = users.get(user, owner -> new Shelf(owner, renewal));
    shelf.askedBy(user);
    return shelf;
  }

  /** The shelf that holds a server's lists for a user. */
  Shelf of(RunningServer server, Caller user) {
    return server.isPersonal() ? of(user) : common;
  }

  KeptListing listing(RunningServer server, ListKind kind, Caller user) {
    return of(server, user).of(server, kind);
  }

  /**
   * Asks for a server's list as {@link KeptListing#ask()}, unless that would connect a server that
   * is not to be connected for it.
   *
   * @param connect whether a server with {@code startup: false} may be connected
   */
  CompletableFuture<Void> ask(RunningServer server, ListKind kind, Caller user, boolean connect) {
    Shelf shelf = of(server, user);
    KeptListing kept = shelf.of(server, kind);
    if (server.definition().startup() || shelf.isConnected(server)) {
      return kept.ask();
    }
    if (connect) {
      shelf.connected(server);
      return kept.ask();
    }
    return CompletableFuture.completedFuture(null);
  }

  /** Whether a server's list is not there although it may be asked for. */
  boolean isAwaited(RunningServer server, ListKind kind, Caller user) {
    Shelf shelf = of(server, user);
    return shelf.of(server, kind).state().listing() == null
        && (server.definition().startup() || shelf.isConnected(server));
  }

  /** See {@link Catalog#serverChanged}. */
  void changed(RunningServer server, String user, ListKind kind) {
    boolean compared = false;
    for (Shelf shelf : touched(server, user)) {
      KeptListing kept = shelf.find(server, kind);
      compared |= kept != null && kept.noticeChange();
    }
    if (!compared) {
      renewal.listeners().listChanged(server.name(), kind, server.isPersonal() ? user : "");
    }
  }

  /** See {@link Catalog#connected}. */
  void connected(RunningServer server, String user) {
    touched(server, user).forEach(shelf -> shelf.connected(server));
  }

  void retain(Predicate<RunningServer> running) {
    common.retain(running);
    users.asMap().values().forEach(shelf -> shelf.retain(running));
  }

  /** The same for what one user, by key, has added. */
  void retain(String user, Predicate<RunningServer> running) {
    users.asMap().values().stream()
        .filter(shelf -> shelf.owner().key().equals(user))
        .forEach(shelf -> shelf.retain(running));
  }

  /** How many users' own lists are kept. */
  long users() {
    users.cleanUp();
    return users.estimatedSize();
  }

  void forget(String user) {
    users.asMap().keySet().removeIf(caller -> caller.key().equals(user));
  }

  void close() {
    common.close();
    users.invalidateAll();
  }

  /**
   * The shelves on which what a session says about a server bears: of a personal server those of
   * the session's user, and all only where the administrator let users share sessions.
   */
  private List<Shelf> touched(RunningServer server, String user) {
    if (!server.isPersonal()) {
      return List.of(common);
    }
    boolean all = user.isEmpty() && server.definition().router().shared();
    return users.asMap().values().stream()
        .filter(shelf -> all || shelf.owner().key().equals(user))
        .toList();
  }
}
