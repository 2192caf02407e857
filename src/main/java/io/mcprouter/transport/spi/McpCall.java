package io.mcprouter.transport.spi;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.Methods;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to a server: who makes it, where messages within it go, how it is
 * cancelled, and its single outcome. It travels on the exchange, so that a route policy, the
 * transport and the client's end reach the same call.
 *
 * <p>Whoever is first decides: a reply, a failure and a cancellation exclude one another, from any
 * thread.
 */
public final class McpCall {
  /** The exchange property that holds the call. */
  public static final String PROPERTY = "CamelMcpCall";

  private static final VarHandle STATE;
  private static final Object NEW = new Object();
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
  private final CallStream stream;
  private volatile Object state = NEW;
  private @Nullable Outcome outcome;
  private @Nullable Departure departure;
  private volatile CallClock clock = CallClock.NONE;
  private volatile Executor continuation = Thread::startVirtualThread;
  private volatile @Nullable Runnable replay;
  private @Nullable McpFailure cancelledBefore;

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

  public Caller caller() {
    return caller;
  }

  public McpClient client() {
    return client;
  }

  /**
   * Sets who is told the outcome; the transport's producer does so before it looks for a
   * connection.
   */
  public void onOutcome(Outcome listener) {
    McpFailure before;
    synchronized (this) {
      outcome = listener;
      before = cancelledBefore;
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

  Executor continuation() {
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
   * Ends the call and tells the server, where the request was sent; false when it was over before.
   */
  @SuppressWarnings("unchecked")
  public boolean cancel(McpFailure reason) {
    Object before = STATE.getAndSet(this, OVER);
    if (before == OVER) {
      return false;
    }
    if (before != NEW) {
      ((Consumer<McpFailure>) before).accept(reason);
    }
    deliver(null, reason);
    return true;
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
    synchronized (this) {
      left = departure;
      departure = null;
      listener = outcome;
      if (listener == null) {
        cancelledBefore = failure;
      }
    }
    if (left != null) {
      left.left(reply);
    }
    if (listener != null) {
      listener.accept(reply, failure);
    }
  }

  /** Passes a notification of this call on to the client. */
  public void notify(Frame notification) {
    if (isOver()) {
      return;
    }
    if (notification.method().equals(Methods.PROGRESS)) {
      clock.progressed();
    }
    stream.notify(notification);
  }

  /** Says that the server ended its stream and is polled for the answer. */
  public void polled(long retryMillis) {
    stream.polled(retryMillis);
  }

  /**
   * Passes a question of the server on to the client; the clock stands still until it is answered.
   */
  public void ask(Frame request, CallStream.Answer answer) {
    clock.asking();
    stream.ask(request, new ClockedAnswer(answer, clock));
  }

  /** Is told how a call ended; exactly one of the two is there. */
  @FunctionalInterface
  public interface Outcome {
    void accept(@Nullable Frame reply, @Nullable McpFailure failure);
  }

  /** Is told that a call has left its connection. */
  @FunctionalInterface
  public interface Departure {
    /**
     * The connection has no more to do with the call.
     *
     * @param reply the server's reply, or null where the call ended or went on without one
     */
    void left(@Nullable Frame reply);
  }

  /** Lets the clock go on once, whether the question is answered, declined or taken back. */
  private static final class ClockedAnswer implements CallStream.Answer {
    private final CallStream.Answer answer;
    private final AtomicReference<CallClock> waiting;

    ClockedAnswer(CallStream.Answer answer, CallClock clock) {
      this.answer = answer;
      this.waiting = new AtomicReference<>(clock);
      answer.onWithdrawn(this::goOn);
    }

    private void goOn() {
      waiting.getAndSet(CallClock.NONE).answered();
    }

    @Override
    public void reply(Frame reply) {
      goOn();
      answer.reply(reply);
    }

    @Override
    public void decline(String reason) {
      goOn();
      answer.decline(reason);
    }

    @Override
    public void onWithdrawn(Runnable action) {
      answer.onWithdrawn(
          () -> {
            goOn();
            action.run();
          });
    }
  }
}
