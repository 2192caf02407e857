package io.mcprouter.session;

import io.mcprouter.transport.spi.McpFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How many sessions and child processes there are, each counted from before it opens until nothing
 * is left of it. When a limit is reached, a newcomer takes the place of a session that is closing
 * already, else of the least recently used idle one; a child process starts only when the one whose
 * place it takes is gone.
 */
final class Capacity {
  private final SessionSettings settings;
  private final Set<Session> counted = new HashSet<>();
  private final Map<String, Tally> users = new HashMap<>();
  private final Tally all = new Tally();

  Capacity(SessionSettings settings) {
    this.settings = settings;
  }

  /**
   * Counts a newcomer.
   *
   * @param endOldestIdle ends the least recently used idle session that fits, null when there is
   *     none
   * @param vacated gets the sessions that were ended and must be closed by the caller, also when
   *     the newcomer is refused
   * @return completes when the newcomer may start
   */
  synchronized CompletableFuture<Void> admit(
      Session newcomer,
      Function<Predicate<Session>, @Nullable Session> endOldestIdle,
      List<Session> vacated)
      throws McpFailure {
    List<Session> predecessors = new ArrayList<>();
    for (Limit limit : limits(newcomer)) {
      while (limit.isReached()) {
        Session predecessor = closing(limit);
        if (predecessor == null) {
          predecessor = endOldestIdle.apply(limit.scope);
          if (predecessor == null) {
            predecessors.stream().filter(left -> !left.gone().isDone()).forEach(this::count);
            throw McpFailure.limit(newcomer.server(), limit.message());
          }
          vacated.add(predecessor);
        }
        uncount(predecessor);
        predecessors.add(predecessor);
      }
    }
    count(newcomer);
    newcomer.gone().thenRun(() -> left(newcomer));
    return newcomer.origin().isChild() ? allGone(predecessors) : allGone(List.of());
  }

  private static CompletableFuture<Void> allGone(List<Session> sessions) {
    return CompletableFuture.allOf(
        sessions.stream()
            .filter(session -> session.origin().isChild())
            .map(Session::gone)
            .toArray(CompletableFuture[]::new));
  }

  private @Nullable Session closing(Limit limit) {
    for (Session session : counted) {
      if (session.isEnded() && limit.scope.test(session)) {
        return session;
      }
    }
    return null;
  }

  private synchronized void left(Session session) {
    uncount(session);
  }

  private void count(Session session) {
    if (counted.add(session)) {
      all.add(session, 1);
      users.computeIfAbsent(session.key().user(), user -> new Tally()).add(session, 1);
    }
  }

  private void uncount(Session session) {
    if (counted.remove(session)) {
      all.add(session, -1);
      users.computeIfPresent(
          session.key().user(),
          (user, tally) -> {
            tally.add(session, -1);
            return tally.sessions == 0 ? null : tally;
          });
    }
  }

  private List<Limit> limits(Session newcomer) {
    String user = newcomer.key().user();
    Predicate<Session> anybody = session -> true;
    Predicate<Session> same = session -> session.key().user().equals(user);
    List<Limit> limits = new ArrayList<>();
    if (newcomer.origin().isChild()) {
      if (!user.isEmpty()) {
        limits.add(new Limit(same, user, true, settings.maxChildrenPerUser()));
      }
      limits.add(new Limit(anybody, null, true, settings.maxChildren()));
    }
    if (!user.isEmpty()) {
      limits.add(new Limit(same, user, false, settings.maxSessionsPerUser()));
    }
    limits.add(new Limit(anybody, null, false, settings.maxSessions()));
    return limits;
  }

  private static final class Tally {
    private int sessions;
    private int children;

    private void add(Session session, int number) {
      sessions += number;
      children += session.origin().isChild() ? number : 0;
    }
  }

  /** A limit on the sessions or children of one user, or of all. */
  private final class Limit {
    private final Predicate<Session> scope;
    private final @Nullable String user;
    private final boolean ofChildren;
    private final int most;

    private Limit(Predicate<Session> who, @Nullable String user, boolean ofChildren, int most) {
      this.scope = ofChildren ? who.and(session -> session.origin().isChild()) : who;
      this.user = user;
      this.ofChildren = ofChildren;
      this.most = most;
    }

    private boolean isReached() {
      Tally tally = user == null ? all : users.get(user);
      return tally != null && (ofChildren ? tally.children : tally.sessions) >= most;
    }

    private String message() {
      String whose = user == null ? "in all" : "of this user";
      return ofChildren
          ? most
              + " child processes "
              + whose
              + " are in use, the most that are allowed; wait for a call to end, or let users"
              + " share one process with 'router.shared: true' in the server's entry"
          : most
              + " sessions "
              + whose
              + " are in use, the most that are allowed; wait for a call to end";
    }
  }
}
