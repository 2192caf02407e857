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
import java.util.Objects;
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
      message.answer = written(exchange, message);
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
      message.begun = mine.interrupted();
    }
    Instant now = clock.instant();
    if (message.begun && (!mine.repeatable() || message.good().hasExpired(now))) {
      message.unwritten = calls.unknown(message);
    } else if (message.good().hasExpired(now)) {
      notMade(
          message,
          mine,
          message.failed(Status.EXPIRED, "expired", "The message's deadline had passed.", now));
    } else {
      call(message, arguments, mine);
    }
  }

  private void call(InboundMessage message, JsonSpan arguments, Claim.Mine mine)
      throws RepeatableFailure, InterruptedException {
    boolean before = message.begun;
    message.begun = true;
    MessageCalls.Ended ended = ended(message, arguments, mine);
    message.begun = before || ended.mayHaveActed();
    Answer answer = ended.answer();
    if (message.begun) {
      message.unwritten = answer;
    } else if (answer != null) {
      notMade(message, mine, answer);
    } else {
      withdraw(message, mine);
    }
    if (ended.again() != null) {
      throw ended.again();
    }
  }

  /** Nothing may leave here without saying whether the call may have been made. */
  private MessageCalls.Ended ended(InboundMessage message, JsonSpan arguments, Claim.Mine mine)
      throws InterruptedException {
    try {
      return calls.call(message, arguments.bytes(), mine.repeatable());
    } catch (RuntimeException e) {
      return calls.broken(message, e, mine.repeatable());
    }
  }

  /** What was surely not called is answered, and may be sent again under its id. */
  private void notMade(InboundMessage message, Claim.Mine mine, Answer answer) {
    withdraw(message, mine);
    message.answer = answer;
  }

  private void withdraw(InboundMessage message, Claim.Mine mine) {
    journal.withdraw(mine);
    message.claim = null;
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
    return claimed(exchange, message, intent);
  }

  private Claim.@Nullable Mine claimed(
      Exchange exchange, InboundMessage message, CallJournal.Intent intent)
      throws RefusedMessage, InterruptedException {
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

  /**
   * The answer that counts, which is another node's where that one has taken the message over. If
   * it goes before it has answered, this answer counts after all.
   */
  private Answer written(Exchange exchange, InboundMessage message)
      throws RefusedMessage, InterruptedException {
    Answer answer = Objects.requireNonNull(message.unwritten, "a message without an answer");
    Claim.Mine mine = Objects.requireNonNull(message.claim, "an answer without a claim");
    while (true) {
      switch (journal.finish(mine, new Kept(answer.status(), answer.json()))) {
        case CallJournal.End.Counts counts -> {
          return answer;
        }
        case CallJournal.End.Answered(Kept other) -> {
          return kept(message, other);
        }
        case CallJournal.End.Superseded superseded -> {
          Claim.Mine again = claimed(exchange, message, mine.intent());
          if (again == null) {
            return message.answered();
          }
          message.claim = again;
          mine = again;
        }
      }
    }
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
