package io.mcprouter.session;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.Methods;
import io.mcprouter.protocol.ServerEvents;
import io.mcprouter.transport.spi.ConnectionListener;
import io.mcprouter.transport.spi.InitializeResult;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpConnection;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.RemoteTarget;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session with a server: opening, open, or ended. It stands between the calls and the
 * connection, knows who holds it, and notes subscriptions that pass through.
 *
 * <p>State and owners: {@code use} decides every race between a call that comes and an end that
 * comes; {@code connection} is set once, by the opening. What ends a session is decided by its
 * {@link Keeper}.
 *
 * <p>Its life: <em>opening</em>, <em>open</em>, <em>ended</em> (no call enters any more; one thread
 * brings this about and closes the connection by {@link #shut}), <em>gone</em> (nothing is left of
 * the connection and what carried it). An open one that is <em>draining</em> is not given to new
 * calls and ends with its last one.
 */
final class Session implements McpConnection, ConnectionListener {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private final Origin origin;
  private final StandingRequests standing;
  private final StandingWatch watch;
  private final Keeper keeper;
  private final ServerEvents.Source source;
  private final Instant since = Instant.now();
  private final long beganAt;
  private final UseCount use = new UseCount();
  private final McpCall.Departure callLeft = reply -> leave();
  private final CompletableFuture<McpConnection> ready = new CompletableFuture<>();
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private final AtomicReference<Opening> opening = new AtomicReference<>(Opening.UNDER_WAY);
  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile @Nullable McpConnection connection;
  private volatile boolean draining;
  private volatile long openedAt;

  Session(Origin origin, StandingRequests standing, Keeper keeper) {
    this.origin = origin;
    this.standing = standing;
    this.keeper = keeper;
    this.watch = new StandingWatch(this, standing, keeper);
    this.beganAt = keeper.now();
    SessionKey key = origin.key();
    this.source = new ServerEvents.Source(key.server(), key.user(), key.client());
  }

  SessionKey key() {
    return origin.key();
  }

  String server() {
    return origin.key().server();
  }

  Origin origin() {
    return origin;
  }

  StandingRequests standing() {
    return standing;
  }

  Instant since() {
    return since;
  }

  /** When opening began, by the keeper's clock. */
  long beganAt() {
    return beganAt;
  }

  /** When it was open, by the keeper's clock. */
  long openedAt() {
    return openedAt;
  }

  /** This session as soon as it is open, or why it could not be opened. */
  CompletableFuture<McpConnection> ready() {
    return ready;
  }

  /** Completes when nothing is left of the connection and of what carries it. */
  CompletableFuture<Void> gone() {
    return gone;
  }

  /** The right that it was opened with may be one that goes by its user's newest token. */
  void calledBy(Caller caller) {
    if (caller.token() != null
        && origin.target() instanceof RemoteTarget remote
        && remote.authorization() != null) {
      remote.authorization().calledBy(caller);
    }
  }

  /** Whether a call may be given to it: it is open, or opening. */
  boolean isUsable() {
    McpConnection open = connection;
    return !use.isEnded() && (open == null || open.isOpen());
  }

  boolean isEnded() {
    return use.isEnded();
  }

  boolean isBusy() {
    return use.holders() > 0;
  }

  /** Whether it is open or was so before it ended. */
  boolean wasOpen() {
    return opening.get() == Opening.DONE;
  }

  /** Gives up opening; false when it was open. */
  boolean giveUpOpening() {
    return opening.compareAndSet(Opening.UNDER_WAY, Opening.FAILED);
  }

  /** Calls that wait for the server. */
  int inFlight() {
    int opening = ready.isDone() ? 0 : 1;
    return Math.max(0, use.holders() - opening - (watch.isHolding() ? 1 : 0));
  }

  boolean isDraining() {
    return draining;
  }

  boolean endIfIdle() {
    return use.endIfIdle();
  }

  boolean end() {
    return use.end();
  }

  /** Connects once there is room. Called once. */
  void open(CompletableFuture<Void> room) {
    Runnable inTime = keeper.later(origin.options().initTimeout(), this::openingTimedOut);
    room.thenCompose(none -> connect())
        .whenComplete(
            (opened, thrown) -> {
              inTime.run();
              arrived(opened, thrown);
            });
  }

  private CompletableFuture<McpConnection> connect() {
    return use.isEnded()
        ? CompletableFuture.failedFuture(McpFailure.unavailable(server(), "it came too late"))
        : origin.open(this);
  }

  private void openingTimedOut() {
    long limit = origin.options().initTimeout().toMillis();
    keeper.openFailed(
        this,
        McpFailure.unavailable(server(), "not initialized within " + limit + " ms (initTimeout)"));
  }

  private void arrived(@Nullable McpConnection opened, @Nullable Throwable thrown) {
    if (opened == null) {
      keeper.openFailed(this, McpFailure.from(Objects.requireNonNull(thrown), server()));
      gone.complete(null);
      return;
    }
    connection = opened;
    if (use.isEnded()) {
      closeConnection();
    } else if (opened.isOpen()) {
      begin(opened);
    } else {
      keeper.openFailed(
          this, McpFailure.unavailable(server(), "the server closed it right after initialize"));
      closeConnection();
    }
  }

  private void begin(McpConnection opened) {
    openedAt = keeper.now();
    if (!opening.compareAndSet(Opening.UNDER_WAY, Opening.DONE)) {
      closeConnection();
      return;
    }
    watch.repeat(opened);
    keeper.opened(this);
    ready.complete(this);
    leave();
  }

  /** Gives the waiting callers the reason and takes down what there is of a connection. */
  void shut(McpFailure why) {
    if (!wasOpen()) {
      ready.completeExceptionally(why);
    }
    if (connection != null) {
      closeConnection();
    }
  }

  private void closeConnection() {
    McpConnection open = Objects.requireNonNull(connection);
    if (closing.compareAndSet(false, true)) {
      open.close().whenComplete((none, thrown) -> gone.complete(null));
    }
  }

  /** Ends by itself when its last call ends; at once where there is none. */
  void drain() {
    draining = true;
    watch.holdWhileSubscribed();
    if (use.endIfIdle()) {
      keeper.drained(this);
    }
  }

  @Override
  public InitializeResult initialized() {
    return opened().initialized();
  }

  @Override
  public boolean isOpen() {
    McpConnection open = connection;
    return open != null && !use.isEnded() && open.isOpen();
  }

  @Override
  public void notify(Frame notification) {
    McpConnection open = connection;
    if (open != null) {
      open.notify(notification);
    }
  }

  @Override
  public CompletableFuture<Void> close() {
    keeper.close(this);
    return gone;
  }

  @Override
  public void call(Frame request, McpCall call) {
    if (!use.enter()) {
      call.sessionLost(closedJustNow());
      return;
    }
    if (!opened().isOpen()) {
      leave();
      call.sessionLost(closedJustNow());
      return;
    }
    switch (request.method()) {
      case Methods.RESOURCES_SUBSCRIBE -> watch.subscribe(request, call);
      case Methods.RESOURCES_UNSUBSCRIBE -> watch.unsubscribe(request, call);
      case Methods.SET_LOG_LEVEL -> watch.setLogLevel(request, call);
      default -> forward(request, call, callLeft);
    }
  }

  private McpFailure closedJustNow() {
    return McpFailure.of(
        McpFailure.Kind.SESSION_LOST, server(), "the session was closed just now; try again");
  }

  /** Passes a request on; {@code departure} lets go of the session. */
  void forward(Frame request, McpCall call, McpCall.Departure departure) {
    call.onDeparture(departure);
    opened().call(request, call);
  }

  boolean hold() {
    return use.enter();
  }

  /** Lets go of the session after a call, its opening, or the last subscription. */
  void leave() {
    if (!use.leave()) {
      return;
    }
    if (!draining) {
      keeper.rested(this);
    } else if (use.endIfIdle()) {
      keeper.drained(this);
    }
  }

  /** Its connection; only for those who know that it is open. */
  McpConnection opened() {
    McpConnection open = connection;
    if (open == null) {
      throw new IllegalStateException("the session is not open yet");
    }
    return open;
  }

  /** Drops a client's subscriptions. */
  void clientGone(String client) {
    watch.clientGone(client, connection);
  }

  /**
   * What a server says outside of calls is for its user. On a session that several users share,
   * only news of the server itself is for all of them; anything else may be about one of them, and
   * nobody knows which.
   */
  @Override
  public void notified(Frame notification) {
    if (!source.user().isEmpty() || isNewsOfTheServer(notification.method())) {
      keeper.events().notified(source, notification);
    } else {
      LOG.debug(
          "Server '{}': {} belongs to no call and to no user, and was dropped",
          server(),
          notification.method());
    }
  }

  private static boolean isNewsOfTheServer(String method) {
    return switch (method) {
      case Methods.TOOLS_CHANGED,
          Methods.PROMPTS_CHANGED,
          Methods.RESOURCES_CHANGED,
          Methods.RESOURCE_UPDATED ->
          true;
      default -> false;
    };
  }

  @Override
  public void asked(Frame request, CallStream.Answer answer) {
    keeper.events().asked(source, request, answer);
  }

  @Override
  public void closed(McpFailure reason) {
    if (connection != null) {
      keeper.lost(this, reason);
    }
  }

  @Override
  public String toString() {
    return "Session[" + server() + "]";
  }

  private enum Opening {
    UNDER_WAY,
    DONE,
    FAILED
  }
}
