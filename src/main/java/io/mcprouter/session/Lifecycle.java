package io.mcprouter.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.ServerEvents;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpClient;
import io.mcprouter.transport.spi.McpConnection;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens sessions, once for each key, and ends them, once each.
 *
 * <p>State and owners: the lock of this object guards only the step in which a newcomer is counted
 * and enters the cache; connecting and closing happen outside of it. A session that has ended keeps
 * its place in {@code present} until nothing is left of it.
 */
final class Lifecycle implements Keeper {
  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);
  private static final int TOUCHES_PER_IDLE_TIME = 4;

  /** How long calls may go on in a session whose user's token has ended. */
  private static final Duration LAST_CALLS = Duration.ofMinutes(1);

  /** Beyond it an end is no plan. */
  private static final Duration LONGEST_LIFE = Duration.ofDays(30);

  private final SessionSettings settings;
  private final ServerEvents events;
  private final SessionObserver observer;
  private final Ticker ticker;
  private final SessionCache cache;
  private final Capacity capacity;
  private final FailedOpenings failed;
  private final Cache<SessionKey, StandingRequests> kept;
  private final Set<Session> present = ConcurrentHashMap.newKeySet();
  private final Restoring restoring;
  private final ScheduledThreadPoolExecutor timer;
  private volatile boolean stopped;

  Lifecycle(
      SessionSettings settings, ServerEvents events, SessionObserver observer, Ticker ticker) {
    this.settings = settings;
    this.events = events;
    this.observer = observer;
    this.ticker = ticker;
    this.cache = new SessionCache(settings.idle(), ticker, this::idle);
    this.capacity = new Capacity(settings);
    this.failed = new FailedOpenings(settings.maxSessions(), ticker);
    this.kept = Caffeine.newBuilder().maximumSize(settings.maxSessions()).build();
    this.restoring = new Restoring(this);
    this.timer = timer();
    long period = Math.max(1, settings.idle().toMillis() / TOUCHES_PER_IDLE_TIME);
    timer.scheduleAtFixedRate(cache::touchBusy, period, period, TimeUnit.MILLISECONDS);
  }

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().daemon().name("mcp-sessions").factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  SessionCache cache() {
    return cache;
  }

  FailedOpenings failed() {
    return failed;
  }

  /** What clients want of the session under a key, or null where it is unknown. */
  @Nullable StandingRequests wanted(SessionKey key) {
    Session session = cache.find(key);
    return session != null ? session.standing() : kept.getIfPresent(key);
  }

  /** All sessions that are not gone: opening, open, draining, closing. */
  Collection<Session> present() {
    return present;
  }

  /** The session under the origin's key: the one that is there, or a new one. */
  CompletableFuture<McpConnection> open(Origin origin) {
    McpFailure remembered = failed.remembered(origin.key());
    if (remembered != null) {
      return CompletableFuture.failedFuture(remembered);
    }
    List<Session> vacated = new ArrayList<>();
    try {
      return enter(origin, vacated);
    } catch (McpFailure refused) {
      tell(
          () -> {
            observer.openFailed(
                origin.key().server(), origin.transport(), refused.kind(), Duration.ZERO);
            observer.refused(origin.key().server(), origin.key().user(), refused);
          });
      return CompletableFuture.failedFuture(refused);
    } finally {
      for (Session session : vacated) {
        ended(session, SessionEnd.EVICTED, closed(session, "another session needed its place"));
      }
    }
  }

  private CompletableFuture<McpConnection> enter(Origin origin, List<Session> vacated)
      throws McpFailure {
    Session session;
    CompletableFuture<Void> room;
    synchronized (this) {
      if (stopped) {
        throw McpFailure.unavailable(origin.key().server(), "the router is stopping");
      }
      Session before = cache.find(origin.key());
      if (before != null && before.isUsable()) {
        return before.ready();
      }
      session = new Session(origin, standing(origin.key(), before), this);
      room = capacity.admit(session, cache::endOldestIdle, vacated);
      kept.invalidate(origin.key());
      cache.add(session);
      present.add(session);
    }
    session.gone().thenRun(() -> present.remove(session));
    session.open(room);
    return session.ready();
  }

  private StandingRequests standing(SessionKey key, @Nullable Session before) {
    if (before != null) {
      return before.standing();
    }
    StandingRequests remembered = kept.getIfPresent(key);
    return remembered != null ? remembered : new StandingRequests(settings.maxSubscriptions());
  }

  @Override
  public void opened(Session session) {
    failed.opened(session.key());
    endInTime(session);
    Duration took = Duration.ofNanos(session.openedAt() - session.beganAt());
    tell(
        () -> {
          observer.opened(session.server(), session.origin().transport(), took);
          observer.initialized(session.server(), session.key().user(), session.initialized());
        });
  }

  /** Lets a session end with what it was opened with, such as its user's token. */
  private void endInTime(Session session) {
    Instant expires = session.origin().target().expires();
    if (expires.equals(Instant.MAX)) {
      return;
    }
    Duration left = Duration.between(Instant.now(), expires);
    Runnable inTime =
        later(left.compareTo(LONGEST_LIFE) < 0 ? left : LONGEST_LIFE, () -> expired(session));
    session.gone().whenComplete((none, thrown) -> inTime.run());
  }

  private void expired(Session session) {
    cache.remove(session);
    session.drain();
    Runnable inTime =
        later(
            LAST_CALLS,
            () -> end(session, SessionEnd.DRAINED, closed(session, "its user's token has ended")));
    session.gone().whenComplete((none, thrown) -> inTime.run());
  }

  /** A session goes on whatever an observer makes of it. */
  private static void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException e) {
      LOG.error("An observer of sessions failed", e);
    }
  }

  @Override
  public void openFailed(Session session, McpFailure reason) {
    if (session.end()) {
      failed.failed(session.key(), reason);
      ended(session, SessionEnd.LOST, reason);
    }
  }

  @Override
  public void lost(Session session, McpFailure reason) {
    if (!session.end()) {
      return;
    }
    if (reason.kind() != McpFailure.Kind.SESSION_LOST) {
      failed.lost(session.key(), reason, Duration.ofNanos(now() - session.openedAt()));
    }
    ended(session, SessionEnd.LOST, reason);
    if (!session.isDraining()) {
      restoring.lost(session);
    }
  }

  @Override
  public void rested(Session session) {
    cache.find(session.key());
  }

  private void idle(Session session) {
    ended(session, SessionEnd.IDLE, closed(session, "nobody used it"));
  }

  @Override
  public void drained(Session session) {
    ended(session, SessionEnd.DRAINED, closed(session, "its entry was changed or removed"));
  }

  @Override
  public void close(Session session) {
    end(session, SessionEnd.DRAINED, closed(session, "it was asked to close"));
  }

  /** Ends a session, whoever holds it. */
  void end(Session session, SessionEnd end, McpFailure reason) {
    if (session.end()) {
      ended(session, end, reason);
    }
  }

  /** What follows when a session has ended; exactly one thread gets here. */
  private void ended(Session session, SessionEnd end, McpFailure reason) {
    if (end != SessionEnd.CLIENT_GONE && end != SessionEnd.SHUTDOWN) {
      keep(session);
    }
    cache.remove(session);
    String transport = session.origin().transport();
    if (session.giveUpOpening()) {
      Duration took = Duration.ofNanos(now() - session.beganAt());
      tell(() -> observer.openFailed(session.server(), transport, reason.kind(), took));
      tell(() -> observer.refused(session.server(), session.key().user(), reason));
    } else {
      tell(() -> observer.closed(session.server(), transport, end));
      tell(() -> observer.ended(session.server(), session.key().user(), end));
    }
    session.shut(reason);
  }

  private void keep(Session session) {
    if (!session.standing().isEmpty()) {
      kept.put(session.key(), session.standing());
    }
  }

  private static McpFailure closed(Session session, String why) {
    return McpFailure.connectionLost(session.server(), "the session was closed: " + why);
  }

  /** Takes sessions out of the cache and ends each with its last call, or when the limit is up. */
  CompletableFuture<Void> drain(String server, Duration limit) {
    forget(server);
    List<Session> leaving;
    synchronized (this) {
      leaving = cache.all().stream().filter(session -> session.server().equals(server)).toList();
      for (Session session : leaving) {
        keep(session);
        cache.remove(session);
      }
    }
    leaving.forEach(Session::drain);
    Runnable inTime = later(limit, () -> leaving.forEach(this::close));
    return gone(leaving).whenComplete((none, thrown) -> inTime.run());
  }

  /** Forgets failures of a server, and that it was to be connected to again. */
  void forget(String server) {
    failed.forget(server);
    restoring.forget(server);
  }

  static CompletableFuture<Void> gone(Collection<Session> sessions) {
    return CompletableFuture.allOf(
        sessions.stream().map(Session::gone).toArray(CompletableFuture[]::new));
  }

  /** Ends what belongs to a client session and forgets what it asked for. */
  void clientGone(String client) {
    List<Session> sessions;
    List<StandingRequests> waiting;
    synchronized (this) {
      sessions = List.copyOf(present);
      kept.asMap().keySet().removeIf(key -> key.client().equals(client));
      waiting = List.copyOf(kept.asMap().values());
    }
    for (Session session : sessions) {
      if (session.key().client().equals(client)) {
        end(session, SessionEnd.CLIENT_GONE, closed(session, "its client is gone"));
      } else {
        session.clientGone(client);
      }
    }
    waiting.forEach(standing -> standing.clientGone(client));
  }

  /** Ends everything; nothing is opened any more. */
  CompletableFuture<Void> stop() {
    List<Session> sessions;
    synchronized (this) {
      stopped = true;
      sessions = List.copyOf(present);
    }
    for (Session session : sessions) {
      end(session, SessionEnd.SHUTDOWN, closed(session, "the router is stopping"));
    }
    timer.shutdownNow();
    cache.clear();
    return gone(sessions);
  }

  @Override
  public ServerEvents events() {
    return events;
  }

  @Override
  public long now() {
    return ticker.read();
  }

  @Override
  public Runnable later(Duration delay, Runnable action) {
    Future<?> due = timer.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> due.cancel(false);
  }

  @Override
  public void own(
      Session session, McpConnection connection, Frame request, McpCall.Departure answered) {
    Duration limit = session.origin().options().initTimeout();
    McpCall call = new McpCall(Caller.APPLICATION, McpClient.NONE, CallStream.NONE);
    Runnable inTime = later(limit, () -> call.cancel(McpFailure.timedOut(session.server(), limit)));
    call.onDeparture(
        reply -> {
          inTime.run();
          answered.left(reply);
        });
    call.onOutcome(
        (reply, failure) -> {
          if (reply == null || reply.kind() == Frame.Kind.ERROR) {
            LOG.info(
                "Server '{}' did not accept {} of the router", session.server(), request.method());
          }
        });
    connection.call(request, call);
  }
}
