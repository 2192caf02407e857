package io.mcprouter.integration.message;

import io.mcprouter.integration.message.CallJournal.Claim;
import io.mcprouter.integration.message.CallJournal.Kept;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.JsonSpan;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Calls a message's tool, at most once unless the tool declares that this does no harm. The intent
 * is written down before the call and the answer before it is sent, so that a message that comes
 * again after a crash finds what became of it. It blocks: one thread, one message.
 */
final class CallStep {
  private static final Duration BEFORE_NEXT_LOOK = Duration.ofMillis(200);

  private final CallJournal journal;
  private final MessageCalls calls;
  private final MessageConfiguration options;
  private final Clock clock;

  CallStep(MessageConfiguration options, CallJournal journal, MessageCalls calls, Clock clock) {
    this.options = options;
    this.journal = journal;
    this.calls = calls;
    this.clock = clock;
  }

  void process(Exchange exchange) throws Exception {
    InboundMessage message = InboundMessage.of(exchange);
    try {
      if (message.answer == null && message.unwritten == null) {
        call(exchange, message, arguments(exchange));
      }
    } catch (RefusedMessage refusal) {
      message.refuse(refusal, clock.instant());
    }
    if (message.answer == null) {
      write(message);
    }
    message.show(exchange);
    exchange.getMessage().setBody(message.answered().json());
  }

  /** The body: earlier steps may have changed what the message says. */
  private JsonSpan arguments(Exchange exchange) throws RefusedMessage {
    byte[] body = exchange.getMessage().getBody(byte[].class);
    JsonSpan arguments =
        EnvelopeReader.json(body == null ? new byte[0] : body, options.getMaxDepth());
    if (!arguments.isObject()) {
      throw new RefusedMessage(EnvelopeReader.INVALID, "The arguments are no JSON object.");
    }
    return arguments;
  }

  private void call(Exchange exchange, InboundMessage message, JsonSpan arguments)
      throws Exception {
    Claim.Mine mine = message.claim;
    if (mine == null) {
      mine = claimed(exchange, message, arguments);
      if (mine == null) {
        return;
      }
      message.claim = mine;
      if (mine.interrupted() && !mine.repeatable()) {
        message.unwritten = calls.unknown(message);
        return;
      }
    }
    call(message, arguments, mine);
  }

  private void call(InboundMessage message, JsonSpan arguments, Claim.Mine mine)
      throws RepeatableFailure, InterruptedException {
    Instant now = clock.instant();
    if (message.good().hasExpired(now)) {
      message.unwritten =
          mine.interrupted() || message.attempts > 0
              ? calls.unknown(message)
              : message.failed(
                  Status.EXPIRED, "expired", "The message's deadline had passed.", now);
      return;
    }
    MessageCalls.Ended ended = calls.call(message, arguments.bytes(), mine.repeatable());
    if (ended.again() != null) {
      if (!ended.mayHaveActed()) {
        journal.withdraw(mine);
        message.claim = null;
      }
      throw ended.again();
    }
    message.unwritten = ended.answer();
  }

  /** The message as this step's own, or null where it has an answer already. */
  private Claim.@Nullable Mine claimed(
      Exchange exchange, InboundMessage message, JsonSpan arguments)
      throws RefusedMessage, InterruptedException {
    Envelope envelope = message.good();
    CallJournal.Intent intent =
        new CallJournal.Intent(
            message.source,
            envelope.id(),
            digest(envelope, message.sender(), arguments),
            calls.isRepeatable(envelope, message.sender()));
    while (true) {
      switch (journal.claim(intent)) {
        case Claim.Mine mine -> {
          exchange.getExchangeExtension().addOnCompletion(new Leaving(journal, mine));
          return mine;
        }
        case Claim.Answered(Kept kept) -> {
          message.answer = kept(message, kept);
          return null;
        }
        case Claim.AnotherMessage another ->
            throw new RefusedMessage(
                "id-used",
                "Another message has come under this id: send it under an id of its own.");
        case Claim.Busy busy -> pause(exchange);
      }
    }
  }

  /** Somebody else works on it, whose answer will be there. */
  private static void pause(Exchange exchange) throws InterruptedException {
    LockSupport.parkNanos(BEFORE_NEXT_LOOK.toNanos());
    if (Thread.interrupted() || exchange.getContext().isStopping()) {
      throw new InterruptedException("stopped while another node works on the same message");
    }
  }

  private void write(InboundMessage message) {
    Answer answer = message.unwritten;
    Claim.Mine mine = message.claim;
    if (answer == null || mine == null) {
      throw new IllegalStateException("a message without an answer");
    }
    message.answer =
        journal
            .finish(mine, new Kept(answer.status(), answer.json()))
            .map(other -> kept(message, other))
            .orElse(answer);
  }

  private Answer kept(InboundMessage message, Kept kept) {
    return kept.json() == null
        ? message.failed(
            kept.status(),
            "answer-not-kept",
            "The call ended so before; its answer was too large to be kept, and the call is not made"
                + " again.",
            clock.instant())
        : Answer.of(kept.status(), kept.json());
  }

  /** What tells a message from another one under the same id. */
  private static String digest(Envelope envelope, Caller caller, JsonSpan arguments) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String part :
          new String[] {String.valueOf(envelope.server()), envelope.tool(), caller.key()}) {
        byte[] text = part.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).flip());
        sha.update(text);
      }
      sha.update(arguments.bytes());
      return Base64.getUrlEncoder().withoutPadding().encodeToString(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** However the route ends: the claim must not outlive it. */
  private static final class Leaving extends SynchronizationAdapter {
    private final CallJournal journal;
    private final Claim.Mine mine;

    private Leaving(CallJournal journal, Claim.Mine mine) {
      this.journal = journal;
      this.mine = mine;
    }

    @Override
    public void onDone(Exchange exchange) {
      journal.leave(mine);
    }
  }
}
