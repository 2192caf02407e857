package io.mcprouter.integration.message;

import io.mcprouter.integration.call.CallKind;
import io.mcprouter.integration.call.CallTarget;
import io.mcprouter.integration.call.Definition;
import io.mcprouter.integration.call.McpCalls;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.protocol.Messages;
import io.mcprouter.protocol.Methods;
import io.mcprouter.routing.Disclosure;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpClient;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the call of a message once, and says what its end means. */
final class MessageCalls {
  private static final Logger LOG = LoggerFactory.getLogger(MessageCalls.class);
  private static final byte[] ANY_ID = JsonText.number(1);

  private final McpCalls calls;
  private final Disclosure disclosure;
  private final int attempts;
  private final Clock clock;

  /**
   * @param disclosure what senders are told of failures
   * @param attempts how often a call is made at most
   */
  MessageCalls(McpCalls calls, Disclosure disclosure, int attempts, Clock clock) {
    this.calls = calls;
    this.disclosure = disclosure;
    this.attempts = attempts;
    this.clock = clock;
  }

  /**
   * Whether the tool declares that calling it twice does no more than calling it once; one that
   * cannot be asked has declared nothing.
   */
  boolean isRepeatable(Envelope envelope, Caller caller) throws InterruptedException {
    try {
      Definition tool =
          CompletableFuture.supplyAsync(
                  () -> calls.definition(target(envelope), caller), Thread::startVirtualThread)
              .thenCompose(asked -> asked)
              .get();
      return tool != null && tool.isRepeatable();
    } catch (ExecutionException e) {
      LOG.debug("Nothing is known of {}", target(envelope), e);
      return false;
    }
  }

  private static CallTarget target(Envelope envelope) {
    return new CallTarget(CallKind.TOOL, envelope.server(), envelope.tool());
  }

  /** A call before this one may have reached the server, and is not made again. */
  Answer unknown(InboundMessage message) {
    return message.failed(
        Status.OUTCOME_UNKNOWN,
        "interrupted",
        "The call was begun and its end is not known; it is not made again, since the tool does not"
            + " declare that this does no harm.",
        clock.instant());
  }

  /**
   * What is known where the router itself failed after the call was begun: nothing, so that it is
   * made again only where that does no harm.
   */
  Ended broken(InboundMessage message, RuntimeException thrown, boolean repeatable) {
    Envelope envelope = message.good();
    McpFailure failure = McpFailure.from(thrown, target(envelope).serverName());
    LOG.error("The call of a message to {} failed inside the router", target(envelope), thrown);
    if (repeatable && message.attempts < attempts && !envelope.hasExpired(clock.instant())) {
      return new Ended(null, new RepeatableFailure(failure), true);
    }
    message.detail = failure.getMessage();
    return Ended.with(
        message.failed(
            Status.OUTCOME_UNKNOWN,
            McpFailure.Kind.INTERNAL.label(),
            "The call was begun and its end is not known, since the router failed.",
            clock.instant()));
  }

  Ended call(InboundMessage message, byte[] arguments, boolean repeatable)
      throws InterruptedException {
    message.attempts++;
    Outcome outcome = made(message, arguments);
    if (outcome.reply() != null) {
      return Ended.with(replied(message, outcome.reply()));
    }
    return failed(message, Objects.requireNonNull(outcome.failure()), repeatable);
  }

  private Outcome made(InboundMessage message, byte[] arguments) throws InterruptedException {
    Envelope envelope = message.good();
    Frame request = request(envelope, arguments);
    CompletableFuture<Outcome> done = new CompletableFuture<>();
    McpCall call =
        new McpCall(message.sender(), McpClient.NONE, new MessageStream(envelope.trace()));
    send(envelope, request, call, done);
    try {
      return awaited(done, call, envelope);
    } catch (InterruptedException e) {
      call.cancel(McpFailure.cancelled("the router stops"));
      throw e;
    }
  }

  /**
   * From a thread of its own: Camel runs the steps that a step begins on the same thread only after
   * that step, which waits here for what they bring.
   */
  private void send(
      Envelope envelope, Frame request, McpCall call, CompletableFuture<Outcome> done) {
    McpCall.Outcome outcome = (reply, failure) -> done.complete(new Outcome(reply, failure));
    CompletableFuture.runAsync(
            () -> calls.send(target(envelope), request, call, outcome), Thread::startVirtualThread)
        .exceptionally(
            thrown -> {
              done.completeExceptionally(thrown);
              return null;
            });
  }

  private Outcome awaited(CompletableFuture<Outcome> done, McpCall call, Envelope envelope)
      throws InterruptedException {
    try {
      if (envelope.deadline() == null) {
        return done.get();
      }
      Duration left = Duration.between(clock.instant(), envelope.deadline());
      try {
        return done.get(Math.max(left.toMillis(), 0), TimeUnit.MILLISECONDS);
      } catch (TimeoutException late) {
        call.cancel(McpFailure.cancelled("the message's deadline passed"));
        return done.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("The call could not be sent", e.getCause());
    }
  }

  private static Frame request(Envelope envelope, byte[] arguments) {
    byte[] name = JsonText.quoted(envelope.tool());
    String trace = envelope.trace();
    byte[] params =
        trace == null
            ? Messages.join("{\"name\":", name, ",\"arguments\":", arguments, "}")
            : Messages.join(
                "{\"name\":",
                name,
                ",\"arguments\":",
                arguments,
                ",\"_meta\":{\"traceparent\":",
                JsonText.quoted(trace),
                "}}");
    try {
      return Frame.parse(Messages.request(ANY_ID, Methods.TOOLS_CALL, params));
    } catch (MalformedMessage e) {
      throw new IllegalStateException("a request made of JSON that was read", e);
    }
  }

  private Answer replied(InboundMessage message, Frame reply) {
    JsonSpan result = reply.result();
    if (result != null) {
      Status status = reply.isToolError() ? Status.TOOL_ERROR : Status.OK;
      return message.result(status, result.bytes(), clock.instant());
    }
    JsonSpan error = Objects.requireNonNull(reply.error(), "a reply is a result or an error");
    String said = error.string("message");
    return message.failed(
        Status.FAILED,
        "server-error",
        said == null ? "The server answered with an error." : said,
        error.bytes(),
        clock.instant());
  }

  private Ended failed(InboundMessage message, McpFailure failure, boolean repeatable) {
    boolean acted = failure.mayHaveActed();
    boolean expired = message.good().hasExpired(clock.instant());
    boolean mayRepeat = acted ? repeatable : isPassing(failure.kind());
    if (mayRepeat && !expired && message.attempts < attempts) {
      return new Ended(null, new RepeatableFailure(failure), acted);
    }
    message.detail = failure.getMessage();
    String told = String.valueOf(disclosure.to(message.sender(), failure).getMessage());
    Status status = status(failure, acted);
    if (status == Status.REFUSED) {
      message.attempts--; // nothing was tried
    }
    Answer answer = message.failed(status, failure.kind().label(), told, clock.instant());
    return new Ended(answer, null, acted);
  }

  private static Status status(McpFailure failure, boolean acted) {
    if (acted) {
      return Status.OUTCOME_UNKNOWN;
    }
    return switch (failure.kind()) {
      case FORBIDDEN, NOT_CONFIGURED -> Status.REFUSED;
      default -> Status.FAILED;
    };
  }

  /** Whether it may go better later without anybody doing something about it. */
  private static boolean isPassing(McpFailure.Kind kind) {
    return switch (kind) {
      case UNAVAILABLE, SESSION_LOST, LIMIT_REACHED -> true;
      default -> false;
    };
  }

  /**
   * How one attempt ended: with an answer, or with a failure after which the call may be made
   * again.
   *
   * @param mayHaveActed whether the server may have acted on it
   */
  record Ended(@Nullable Answer answer, @Nullable RepeatableFailure again, boolean mayHaveActed) {
    private static Ended with(Answer answer) {
      return new Ended(answer, null, true);
    }
  }

  private record Outcome(@Nullable Frame reply, @Nullable McpFailure failure) {}
}
