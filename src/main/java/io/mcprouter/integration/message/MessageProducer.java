package io.mcprouter.integration.message;

import java.time.Clock;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/** Does one step with a message. */
final class MessageProducer extends DefaultProducer {
  private final MessageEndpoint endpoint;
  private final MessageComponent component;
  private @Nullable CheckStep check;
  private @Nullable CallStep call;

  MessageProducer(MessageEndpoint endpoint, MessageComponent component) {
    super(endpoint);
    this.endpoint = endpoint;
    this.component = component;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    MessageConfiguration options = endpoint.getConfiguration();
    switch (endpoint.getStep()) {
      case check -> {
        options.requiredSource();
        options.requireCallers();
        Senders senders = component.requiredSenders();
        options.requireKeys(senders.keys());
        check = new CheckStep(options, senders, Clock.systemUTC());
      }
      case call -> {
        MessageCalls calls =
            new MessageCalls(
                component.requiredCalls(),
                component.getDisclosure(),
                options.getAttempts(),
                Clock.systemUTC());
        call = new CallStep(options, component.requiredJournal(), calls, Clock.systemUTC());
      }
      default -> {}
    }
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    if (check != null) {
      check.process(exchange);
    } else if (call != null) {
      call.process(exchange);
    } else {
      send(exchange);
    }
  }

  private void send(Exchange exchange) {
    InboundMessage message = InboundMessage.of(exchange);
    Message out = exchange.getMessage();
    out.setBody(body(message));
    if (message.id != null) {
      out.setHeader(MessageConstants.SENT_ID, message.id);
    }
    out.setHeader(
        MessageConstants.SENT_STATUS,
        endpoint.getStep() == MessageEndpoint.Step.accepted
            ? InboundMessage.ACCEPTED
            : message.answered().status().text());
  }

  private byte[] body(InboundMessage message) {
    int most = endpoint.getConfiguration().largestSent();
    Instant now = Instant.now();
    return switch (endpoint.getStep()) {
      case accepted -> message.accepted();
      case deadLetter -> message.deadLetter(most, now);
      default -> message.answered(most, now).json();
    };
  }
}
