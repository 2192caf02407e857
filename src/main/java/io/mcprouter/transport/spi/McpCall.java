package io.mcprouter.transport.spi;

import static java.util.stream.Collectors.toList;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.Methods;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to a server: who makes it, where messages within it go, how it is
 * cancelled, and its single outcome. It travels on the exchange, so that a route policy, the
 * transport and the client's end reach the same call.
 *
 * <p>Whoever is first decides: a reply, a failure and a cancellation exclude one another, from any
 * thread.
 *
 * <p>The call is its own first attempt. A route that sends again (a second step, a redelivery, the
 * parts of a split) makes further ones, each with an outcome of its own; to cancel the call ends
 * them all.
 */
public final class McpCall {
  /** The exchange property that holds the call. */
  public static final String PROPERTY = "CamelMcpCall";

  private static final VarHandle STATE;
  private static final Object NEW = new Object();
  private static final Object TAKEN = new Object();
  private static final Object OVER = new Object();

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(McpCall.class, "state", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Caller caller;
  private final McpClient client;
  private volatile CallStream stream;
  private volatile Object state = NEW;
  private @Nullable Outcome outcome;
  private @Nullable Departure departure;
  private volatile CallClock clock = CallClock.NONE;
  private volatile Executor continuation = Thread::startVirtualThread;
  private volatile @Nullable Runnable replay;
  private @Nullable McpFailure endedBefore;
  private @Nullable McpFailure cancelled;
  private List<McpCall> furtherAttempts = List.of();
  private List<OpenQuestion> questions = List.of();
  private List<Object> through = List.of();

  /**
   * @param caller who makes the call
   * @param client the client session that it comes from
   * @param stream where notifications and questions of the server go
   */
  public McpCall(Caller caller, McpClient client, CallStream stream) {
    this.caller = caller;
    this.client = client;
    this.stream = stream;
  }

  /**
   * The call on the exchange, or a new one of the application where a plain Camel route made none.
   */
  public static McpCall of(Exchange exchange) {
    McpCall call = exchange.getProperty(PROPERTY, McpCall.class);
    if (call == null) {
      call = new McpCall(Caller.APPLICATION, McpClient.NONE, CallStream.NONE);
      exchange.setProperty(PROPERTY, call);
    }
    return call;
  }

  /** A call of the router itself, whose reply completes {@code answer}. */
  public static McpCall internal(CompletableFuture<Frame> answer) {
    McpCall call = new McpCall(Caller.APPLICATION, McpClient.NONE, CallStream.NONE);
    call.onOutcome(
        (reply, failure) -> {
          if (failure == null) {
            answer.complete(reply);
          } else {
            answer.completeExceptionally(failure);
          }
        });
    return call;
  }

  /**
   * Lets a step of the route stand in the call's stream: what the server says within the call, and
   * what it is answered, goes through it from the next attempt on. The step that comes last on the
   * way to the server hears the server first. A step stands there once, however often a route that
   * repeats passes it.
   *
   * @param step who stands there
   * @param between the stream that takes the place of the one it is given, and leads to it
   */
  public synchronized void through(Object step, UnaryOperator<CallStream> between) {
    if (through.stream().noneMatch(each -> each == step)) {
      through = Stream.concat(through.stream(), Stream.of(step)).toList();
      stream = between.apply(stream);
    }
  }

  /**
   * The call, for the first that sends it; for every other a further attempt of it, which is over
   * at once where the call was cancelled.
   */
  McpCall attempt() {
    if (STATE.compareAndSet(this, NEW, TAKEN)) {
      return this;
    }
    McpCall further = new McpCall(caller, client, stream);
    further.clock = clock;
    return joined(further);
  }

  /**
   * A call of its own that a step of the route makes on the way of this one: it ends where this one
   * is abandoned or cancelled, and no client can be asked by its server.
   */
  public McpCall inner(Caller who, CallStream messages) {
    return joined(new McpCall(who, McpClient.NONE, messages));
  }

  /** The like of it for what a step asks the client itself; its end takes the question back. */
  public McpCall aside() {
    return joined(new McpCall(caller, client, stream.unchanged()));
  }

  private McpCall joined(McpCall attempt) {
    attempt.continuation = continuation;
    McpFailure reason;
    synchronized (this) {
      furtherAttempts =
          furtherAttempts.stream().filter(before -> !before.isOver()).collect(toList());
      furtherAttempts.add(attempt);
      reason = cancelled;
    }
    if (reason != null) {
      attempt.abandon(reason);
    }
    return attempt;
  }

  public Caller caller() {
    return caller;
  }

  public McpClient client() {
    return client;
  }

  /** Whether the client has lost its stream and has not taken it up again so far. */
  public boolean isClientAway() {
    return stream.isAway();
  }

  /** The trace that the client's request says it belongs to (W3C trace context); else null. */
  public @Nullable String traceparent() {
    return stream.traceparent();
  }

  /** Sets who is told the outcome, before the transport's producer looks for a connection. */
  public void onOutcome(Outcome listener) {
    McpFailure before;
    synchronized (this) {
      outcome = listener;
      before = endedBefore;
    }
    if (before != null) {
      listener.accept(null, before);
    }
  }

  /**
   * Sets who is told, once and before the outcome's listener, that the call has left the connection
   * that it was given to: it is over, or it is sent again on another one.
   */
  public void onDeparture(Departure listener) {
    synchronized (this) {
      if (state != OVER) {
        departure = listener;
        return;
      }
    }
    listener.left(null);
  }

  /**
   * Sets where the route goes on when the reply is there. By default that is a virtual thread,
   * since steps of a route may block and the thread that brings a reply must not.
   */
  public void continueOn(Executor executor) {
    continuation = executor;
  }

  /** Where a step of the route goes on that could not at once. */
  public Executor continuation() {
    return continuation;
  }

  /** Sets the clock; the route's deadline policy does so when the exchange begins. */
  public void clock(CallClock callClock) {
    clock = callClock;
  }

  /**
   * Says that the request is about to be sent.
   *
   * @param cancellation what to do when the call is cancelled from now on
   * @return false when the call is over already and must not be sent
   */
  public boolean start(Consumer<McpFailure> cancellation) {
    Object before;
    do {
      before = state;
      if (before == OVER) {
        return false;
      }
    } while (!STATE.compareAndSet(this, before, cancellation));
    clock.started();
    return true;
  }

  public boolean isOver() {
    return state == OVER;
  }

  /** Ends the call with the server's reply; false when it was over before. */
  public boolean complete(Frame reply) {
    if (STATE.getAndSet(this, OVER) == OVER) {
      return false;
    }
    deliver(reply, null);
    return true;
  }

  /** Ends the call without a reply; false when it was over before. */
  public boolean fail(McpFailure failure) {
    if (STATE.getAndSet(this, OVER) == OVER) {
      return false;
    }
    deliver(null, failure);
    return true;
  }

  /**
   * Ends this attempt without a reply and tells the server, where the request was sent; the route
   * may try again. False when it was over before.
   */
  @SuppressWarnings("unchecked")
  public boolean abandon(McpFailure reason) {
    Object before = STATE.getAndSet(this, OVER);
    if (before == OVER) {
      return false;
    }
    if (before instanceof Consumer<?> cancellation) {
      ((Consumer<McpFailure>) cancellation).accept(reason);
    }
    deliver(null, reason);
    return true;
  }

  /** Ends every attempt that is under way; false when there was none. */
  public boolean abandonAll(McpFailure reason) {
    List<McpCall> further;
    synchronized (this) {
      further = List.copyOf(furtherAttempts);
    }
    boolean ended = abandon(reason);
    for (McpCall attempt : further) {
      ended |= attempt.abandon(reason);
    }
    return ended;
  }

  /** Ends the call for good, with all attempts to come; false when none was under way. */
  public boolean cancel(McpFailure reason) {
    synchronized (this) {
      cancelled = reason;
    }
    return abandonAll(reason);
  }

  /** Sets what sends the request again, once, when the server turns out not to know the session. */
  void onSessionLost(Runnable sendAgain) {
    replay = sendAgain;
  }

  /**
   * Says that the server did not act on the request because it no longer knows the session. The
   * request is sent again on another session; the second time the call fails.
   */
  public void sessionLost(McpFailure failure) {
    Runnable again = replay;
    replay = null;
    if (again == null) {
      fail(failure);
    } else if (!isOver()) {
      depart();
      again.run();
    }
  }

  private void depart() {
    Departure left;
    synchronized (this) {
      left = departure;
      departure = null;
    }
    if (left != null) {
      left.left(null);
    }
  }

  private void deliver(@Nullable Frame reply, @Nullable McpFailure failure) {
    Outcome listener;
    Departure left;
    List<OpenQuestion> unanswered;
    synchronized (this) {
      unanswered = questions;
      questions = List.of();
      left = departure;
      departure = null;
      listener = outcome;
      if (listener == null) {
        endedBefore = failure;
      }
    }
    unanswered.forEach(OpenQuestion::callOver);
    if (left != null) {
      left.left(reply);
    }
    if (listener != null) {
      listener.accept(reply, failure);
    }
  }

  /** Passes a notification of this call on to the client. */
  public void notify(Frame notification) {
    if (!isOver()) {
      if (notification.method().equals(Methods.PROGRESS)) {
        clock.progressed();
      }
      stream.notify(notification);
    }
  }

  /** Says that the server ended its stream and is polled for the answer. */
  public void polled(long retryMillis) {
    stream.polled(retryMillis);
  }

  /**
   * Passes a question of the server on to the client; the clock stands still until it is answered.
   * A call that ends takes its questions with it: the server is told no, the client that nobody
   * waits.
   */
  public void ask(Frame request, CallStream.Answer answer) {
    clock.asking();
    OpenQuestion question = new OpenQuestion(answer, clock);
    synchronized (this) {
      questions = questions.stream().filter(OpenQuestion::isOpen).collect(toList());
      questions.add(question);
    }
    if (isOver()) {
      question.callOver();
    } else {
      stream.ask(request, question);
    }
  }

  /** Is told how a call ended; exactly one of the two is there. */
  @FunctionalInterface
  public interface Outcome {
    void accept(@Nullable Frame reply, @Nullable McpFailure failure);
  }

  /** Is told that a call has left its connection. */
  @FunctionalInterface
  public interface Departure {
    /** Gets the server's reply, or null where the call ended or went on without one. */
    void left(@Nullable Frame reply);
  }
}
