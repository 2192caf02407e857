package io.mcprouter.integration.message;

import io.mcprouter.protocol.Caller;
import java.time.Clock;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message and decides who its caller is and where its answer goes. A message that is
 * refused goes on as well: its answer and its dead letter are made by later steps.
 */
final class CheckStep {
  private static final String FILE_LENGTH = "CamelFileLength";

  private final MessageConfiguration options;
  private final SenderCheck senders;
  private final Clock clock;

  CheckStep(MessageConfiguration options, Senders senders, Clock clock) {
    this.options = options;
    this.senders = new SenderCheck(options, senders, clock);
    this.clock = clock;
  }

  void process(Exchange exchange) throws Senders.RefusedToken {
    InboundMessage message = received(exchange);
    message.signingKey = taken(exchange, MessageConstants.SIGNING_KEY);
    message.signature = taken(exchange, MessageConstants.SIGNATURE);
    String wanted = taken(exchange, MessageConstants.WANTED_REPLY_TO);
    message.replyTo = replyTo(wanted);
    exchange.getMessage().getHeaders().keySet().retainAll(MessageConstants.KEPT);
    exchange.setProperty(MessageConstants.MESSAGE, message);
    exchange.removeProperty(MessageConstants.CALLER);
    try {
      check(exchange, message);
    } catch (RefusedMessage refusal) {
      message.refuse(refusal, clock.instant());
    }
    message.show(exchange);
  }

  /** A file that is too large is not even read. */
  private InboundMessage received(Exchange exchange) {
    Message in = exchange.getMessage();
    Long length = in.getHeader(FILE_LENGTH, Long.class);
    boolean unread = length != null && length > options.largestMessage();
    byte[] bytes = unread ? null : in.getBody(byte[].class);
    InboundMessage message =
        new InboundMessage(
            options.requiredSource(), bytes == null ? new byte[0] : bytes, clock.instant());
    message.file = in.getHeader(Exchange.FILE_NAME, String.class);
    if (length != null && unread) {
      message.length = length;
    }
    return message;
  }

  private static @Nullable String taken(Exchange exchange, String header) {
    Message message = exchange.getMessage();
    String value = message.getHeader(header, String.class);
    message.removeHeader(header);
    return value;
  }

  private void check(Exchange exchange, InboundMessage message)
      throws RefusedMessage, Senders.RefusedToken {
    if (message.length > options.largestMessage()) {
      throw new RefusedMessage(
          "too-large", "The message has more than " + options.largestMessage() + " bytes.");
    }
    Envelope envelope = EnvelopeReader.read(message.parse(options.getMaxDepth()), clock.instant());
    message.envelope = envelope;
    String wanted = replyTo(envelope.replyTo());
    if (wanted != null) {
      message.replyTo = wanted;
    }
    Caller caller = senders.caller(envelope, message);
    message.caller = caller;
    exchange.setProperty(MessageConstants.CALLER, caller);
    exchange.getMessage().setBody(envelope.arguments().bytes());
  }

  /** Where the sender wants the answer, if it may go there; else where it goes without a wish. */
  private @Nullable String replyTo(@Nullable String wanted) {
    Set<String> allowed = options.replyDestinations();
    return wanted != null && allowed.contains(wanted) ? wanted : options.getReplyTo();
  }
}
