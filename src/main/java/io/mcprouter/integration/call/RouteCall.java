package io.mcprouter.integration.call;

import io.mcprouter.integration.McpContent;
import io.mcprouter.integration.McpResult;
import io.mcprouter.integration.McpToolException;
import io.mcprouter.integration.ServedCall;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.protocol.Messages;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpClient;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.Message;
import org.apache.camel.ValidationException;
import org.jspecify.annotations.Nullable;

/**
 * The call of one exchange, from its arguments to the new body. Whatever ends it first decides: the
 * answer, a failure, its limit, or the end of the call that the route serves.
 */
final class RouteCall {
  private static final byte[] NO_META = {};
  private static final String WITH_PROGRESS = ",\"_meta\":{\"progressToken\":1}";

  private final McpCallEndpoint endpoint;
  private final McpCallConfiguration options;
  private final CallTarget target;
  private final Exchange exchange;
  private final AsyncCallback callback;
  private final CallMessages messages;
  private final McpCall call;
  private final Executor continuation;
  private final CompletableFuture<@Nullable Void> alarm = new CompletableFuture<>();
  private final AtomicBoolean over = new AtomicBoolean();

  /** This, until the call is over: the call that the route serves may make many. */
  private final AtomicReference<@Nullable RouteCall> stoppable = new AtomicReference<>(this);

  RouteCall(
      McpCallEndpoint endpoint,
      CallTarget target,
      Exchange exchange,
      AsyncCallback callback,
      CallMessages messages) {
    this.endpoint = endpoint;
    this.options = endpoint.getConfiguration();
    this.target = target;
    this.exchange = exchange;
    this.callback = callback;
    this.messages = messages;
    Caller caller = Callers.of(exchange, options);
    McpCall outer = exchange.getProperty(McpCall.PROPERTY, McpCall.class);
    this.call =
        outer == null
            ? new McpCall(caller, McpClient.NONE, messages)
            : outer.inner(caller, messages);
    this.continuation = outer == null ? Thread::startVirtualThread : outer.continuation();
  }

  /** Starts the call; the callback is called later, in any case. */
  void begin() {
    try {
      setLimit();
      ServedCall served = ServedCall.of(exchange);
      if (served != null) {
        AtomicReference<@Nullable RouteCall> open = stoppable;
        served.onStop(() -> stop(open.get()));
      }
      if (options.isValidate() || options.getArguments() == ArgumentSource.headers) {
        endpoint
            .calls()
            .definition(target, call.caller())
            .whenCompleteAsync(this::defined, continuation);
      } else {
        send(target.kind() == CallKind.RESOURCE ? null : Arguments.ofBody(exchange));
      }
    } catch (Exception e) {
      fail(e);
    }
  }

  private static void stop(@Nullable RouteCall open) {
    if (open != null) {
      open.abort(McpFailure.cancelled("nobody waits for the route any more"));
    }
  }

  private void setLimit() {
    Duration limit = limit();
    if (!limit.isZero()) {
      alarm
          .completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS)
          .thenRunAsync(
              () -> abort(McpFailure.timedOut(target.serverName(), limit)),
              Thread::startVirtualThread);
    }
  }

  private Duration limit() {
    Long ofMessage = exchange.getMessage().getHeader(McpCallConstants.TIMEOUT, Long.class);
    long millis = ofMessage == null ? options.getTimeout() : Math.max(1, ofMessage);
    return millis > 0 ? Duration.ofMillis(millis) : endpoint.calls().timeout();
  }

  private void defined(@Nullable Definition definition, @Nullable Throwable thrown) {
    try {
      if (thrown != null) {
        throw McpFailure.from(thrown, target.serverName());
      }
      if (definition == null) {
        throw McpFailure.of(
            McpFailure.Kind.FORBIDDEN,
            target.serverName(),
            "it lists no " + target.kind().word() + " '" + target.name() + "' for this caller");
      }
      ArgumentSchema schema = endpoint.schemas().of(target, definition);
      byte[] arguments =
          options.getArguments() == ArgumentSource.headers
              ? schema.fromHeaders(exchange)
              : Arguments.ofBody(exchange);
      if (options.isValidate()) {
        validate(schema, arguments);
      }
      send(arguments);
    } catch (Exception e) {
      fail(e);
    }
  }

  private void validate(ArgumentSchema schema, byte[] arguments) throws Exception {
    List<String> faults = schema.faults(arguments);
    if (!faults.isEmpty()) {
      throw new ValidationException(
          exchange, "The arguments of " + target + " do not fit: " + String.join("; ", faults));
    }
  }

  private void send(byte @Nullable [] arguments) throws MalformedMessage {
    Frame request = request(arguments);
    endpoint
        .calls()
        .send(
            target,
            request,
            call,
            (reply, failure) -> {
              if (failure != null) {
                failed(failure);
              } else if (reply != null) {
                end(() -> take(reply));
              }
            });
  }

  /** The arguments stand in it as they were written. */
  private Frame request(byte @Nullable [] arguments) throws MalformedMessage {
    Object given = arguments == null ? NO_META : Messages.join(",\"arguments\":", arguments);
    byte[] params =
        Messages.join(
            "{\"" + target.kind().key() + "\":",
            JsonText.quoted(target.name()),
            given,
            messages.wantsProgress() ? WITH_PROGRESS : NO_META,
            "}");
    return Frame.parse(
        Messages.request(JsonText.number(1), target.kind().method(), params),
        Frame.DEFAULT_MAX_DEPTH + 2);
  }

  /** Tells the server, and goes on without its answer. */
  private void abort(McpFailure reason) {
    call.cancel(reason);
    cut(reason);
  }

  /** Ends at once, whatever the routes of the messages do. */
  private void cut(McpFailure reason) {
    messages.cut();
    continuation.execute(() -> finish(() -> asCamelSeesIt(reason)));
  }

  private void failed(McpFailure failure) {
    switch (failure.kind()) {
      case CANCELLED, TIMED_OUT -> cut(failure);
      default -> end(() -> asCamelSeesIt(failure));
    }
  }

  private void fail(Exception reason) {
    end(
        () -> {
          throw reason;
        });
  }

  /** Ends behind the messages; until then the limit holds, since their route may be stuck. */
  private void end(Ending ending) {
    messages.last(continuation, () -> finish(ending));
  }

  private void finish(Ending ending) {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    alarm.cancel(false);
    stoppable.set(null);
    try {
      ending.run();
    } catch (Exception e) {
      exchange.setException(e);
    } finally {
      callback.done(false);
    }
  }

  /** A timeout is Camel's own exception, so that a route's {@code onException} finds it. */
  private void asCamelSeesIt(McpFailure failure) throws Exception {
    if (failure.kind() != McpFailure.Kind.TIMED_OUT) {
      throw failure.at(target.serverName());
    }
    ExchangeTimedOutException timedOut =
        new ExchangeTimedOutException(exchange, limit().toMillis(), failure.getMessage());
    timedOut.initCause(failure);
    throw timedOut;
  }

  private void take(Frame reply) throws Exception {
    McpResult result = McpResult.of(reply);
    if (result == null) {
      throw new McpErrorException(target, reply);
    }
    Message message = exchange.getMessage();
    message.setHeader(McpCallConstants.IS_ERROR, result.isError());
    message.setHeader(McpCallConstants.RESULT, result);
    if (result.isError() && options.getToolErrors() == ToolErrors.exception) {
      throw new McpToolException(
          "The " + target + " failed: " + McpErrorException.cut(result.text()), result);
    }
    ResultForm form = form(result);
    Object body = form.body(target.kind(), result);
    if (body == null) {
      throw new CamelExchangeException(
          "The result of " + target + " has nothing for result=" + form, exchange);
    }
    McpContent.Binary blob = form == ResultForm.blob ? result.blob() : null;
    if (blob != null) {
      message.setHeader(McpCallConstants.MIME_TYPE, blob.mimeType());
    }
    message.setBody(body);
  }

  /** A tool says in words that it failed. */
  private ResultForm form(McpResult result) {
    ResultForm wanted = options.getResult();
    boolean any = wanted == ResultForm.raw || wanted == ResultForm.content;
    return result.isError() && !any ? ResultForm.text : wanted;
  }

  private interface Ending {
    void run() throws Exception;
  }
}
