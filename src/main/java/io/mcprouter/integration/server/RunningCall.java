package io.mcprouter.integration.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcprouter.integration.ServedCall;
import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.LogLevel;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.protocol.Messages;
import io.mcprouter.protocol.Methods;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request that a route serves. To stop it interrupts the threads that are in a step and lets no
 * further step begin; steps that wait elsewhere are told.
 *
 * <p>State and owners: the lock of this object guards whether the route has begun, which steps are
 * under way and whether the call was stopped, so that no thread is interrupted that has left its
 * step.
 */
public final class RunningCall implements ServedCall {
  private static final Logger LOG = LoggerFactory.getLogger(RunningCall.class);

  private final String server;
  private final Frame request;
  private final McpCall call;
  private final Predicate<LogLevel> wanted;
  private final Set<Step> steps = new LinkedHashSet<>();
  private List<Runnable> onStop = new ArrayList<>();
  private boolean stopped;
  private boolean begun;
  private volatile Runnable onEnd = () -> {};

  /**
   * @param wanted whether the other side wants log messages of a level
   */
  RunningCall(String server, Frame request, McpCall call, Predicate<LogLevel> wanted) {
    this.server = server;
    this.request = request;
    this.call = call;
    this.wanted = wanted;
  }

  /** The server that the request was sent to. */
  public String server() {
    return server;
  }

  @Override
  public Caller caller() {
    return call.caller();
  }

  @Override
  public synchronized boolean isStopped() {
    return stopped;
  }

  @Override
  public void onStop(Runnable action) {
    synchronized (this) {
      if (!stopped) {
        onStop.add(action);
        return;
      }
    }
    action.run();
  }

  /**
   * Nobody waits any more.
   *
   * @return the steps that were under way, the innermost of each thread
   */
  Collection<Step> stop() {
    List<Runnable> told;
    Map<Thread, Step> interrupted = new LinkedHashMap<>();
    synchronized (this) {
      if (stopped) {
        return List.of();
      }
      stopped = true;
      told = onStop;
      onStop = List.of();
      steps.forEach(step -> interrupted.put(step.thread(), step));
      interrupted.values().forEach(Step::interrupt);
    }
    told.forEach(this::tell);
    return interrupted.values();
  }

  private void tell(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.warn("Server '{}': what a stopped call had under way could not be told", server, e);
    }
  }

  /** Sets what happens when the route has come to its end. */
  void onEnd(Runnable action) {
    onEnd = action;
  }

  /** The route has come to its end; what is still said of the call is said to nobody. */
  void ended() {
    onEnd.run();
    synchronized (this) {
      onStop = new ArrayList<>();
    }
  }

  /** The route begins; false, and it must not, where the call was stopped before. */
  synchronized boolean begin() {
    begun = !stopped;
    return begun;
  }

  /** Whether the route has begun, and perhaps goes on although the call was stopped. */
  synchronized boolean hasBegun() {
    return begun;
  }

  /** Lets a step begin; false where the call was stopped before. */
  synchronized boolean enter(Step step) {
    return !stopped && steps.add(step);
  }

  synchronized void left(Step step) {
    steps.remove(step);
  }

  synchronized boolean isIn(Step step) {
    return steps.contains(step);
  }

  /** Answers with a result, JSON in UTF-8. */
  public void result(byte[] json) {
    ended();
    try {
      call.complete(Frame.parse(Messages.result(id(), json)));
    } catch (MalformedMessage e) {
      call.fail(McpFailure.violation(server, "a route's result is no JSON: " + e.getMessage()));
    }
  }

  /** Answers with a JSON-RPC error. */
  public void error(int code, String message) {
    error(code, message, null);
  }

  /** Answers with a JSON-RPC error and {@code data}, which is JSON. */
  public void error(int code, String message, byte @Nullable [] data) {
    ended();
    String json = new String(Messages.error(id(), code, message, data), UTF_8);
    call.complete(Frame.of(json));
  }

  /** Says that there is no answer. */
  public void fail(McpFailure failure) {
    ended();
    call.fail(failure);
  }

  private byte[] id() {
    return Objects.requireNonNull(request.id(), "a request has an id");
  }

  @Override
  public void progress(double progress, @Nullable Double total, @Nullable String message) {
    byte[] token = request.progressToken();
    if (token != null && !isStopped()) {
      notify(Methods.PROGRESS, Notifications.progress(token, progress, total, message));
    }
  }

  @Override
  public void log(String level, String logger, String json) {
    LogLevel known =
        LogLevel.of(level)
            .orElseThrow(() -> new IllegalArgumentException("'" + level + "' is no log level"));
    if (!isStopped() && wanted.test(known)) {
      notify(Methods.LOG_MESSAGE, Notifications.log(known, logger, json));
    }
  }

  private void notify(String method, byte[] params) {
    call.notify(Frame.of(new String(Messages.notification(method, params), UTF_8)));
  }

  @Override
  public CallStream stream() {
    return new CallStream() {
      @Override
      public void notify(Frame notification) {
        call.notify(notification);
      }

      @Override
      public void ask(Frame question, Answer answer) {
        call.ask(question, answer);
      }

      @Override
      public @Nullable String traceparent() {
        return call.traceparent();
      }
    };
  }
}
