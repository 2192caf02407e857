package io.mcprouter.routing.guard;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.transport.spi.McpCall;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The guardrail {@code redact}: takes what patterns find out of everything that a server says in an
 * answer and in between: progress, log messages, questions. What the client answers to questions is
 * left to the server.
 */
public final class Redaction {
  private String list = "";
  private String replacement = "";
  private Patterns patterns = Patterns.of("", "");

  /** One regular expression, or a JSON array of them. */
  public void setPatterns(String value) {
    list = value;
    patterns = Patterns.of(list, replacement);
  }

  /** What stands in the place of what was found. */
  public void setReplacement(String text) {
    replacement = text;
    patterns = Patterns.of(list, replacement);
  }

  /** Stands in the call's stream. */
  public void listen(Exchange exchange) {
    McpCall.of(exchange).through(this, Redacted::new);
  }

  /** Cleans the answer. */
  public void answer(Exchange exchange) {
    Frame reply = exchange.getMessage().getBody(Frame.class);
    if (reply != null && reply.isReply()) {
      exchange.getMessage().setBody(clean(reply));
    }
  }

  private Frame clean(Frame frame) {
    JsonSpan said = said(frame);
    byte[] clean = said == null ? null : patterns.clean(said);
    return clean == null ? frame : frame.edit().value(said, clean).frame();
  }

  private static @Nullable JsonSpan said(Frame frame) {
    return switch (frame.kind()) {
      case REQUEST, NOTIFICATION -> frame.params();
      case RESULT -> frame.result();
      case ERROR -> frame.error();
    };
  }

  private final class Redacted implements CallStream {
    private final CallStream client;

    Redacted(CallStream client) {
      this.client = client;
    }

    @Override
    public void notify(Frame notification) {
      client.notify(clean(notification));
    }

    @Override
    public void ask(Frame request, Answer answer) {
      client.ask(clean(request), answer);
    }

    @Override
    public void polled(long retryMillis) {
      client.polled(retryMillis);
    }

    @Override
    public boolean isAway() {
      return client.isAway();
    }

    @Override
    public CallStream unchanged() {
      return client.unchanged();
    }

    @Override
    public @Nullable String traceparent() {
      return client.traceparent();
    }
  }
}
