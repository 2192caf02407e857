package io.mcprouter.integration.message;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Nobody hears what the server says within the call of a message, and nobody can be asked.
 *
 * @param traceparent the trace that the message belongs to (W3C trace context); null for none
 */
record MessageStream(@Nullable String traceparent) implements CallStream {
  @Override
  public void notify(Frame notification) {}

  @Override
  public void ask(Frame request, Answer answer) {
    CallStream.NONE.ask(request, answer);
  }
}
