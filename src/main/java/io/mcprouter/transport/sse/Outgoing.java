package io.mcprouter.transport.sse;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.protocol.Methods;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A message on its way to the server; one that cannot be read is sent as it is. */
final class Outgoing {
  private final byte[] message;
  private final @Nullable Frame frame;

  private Outgoing(byte[] message, @Nullable Frame frame) {
    this.message = message;
    this.frame = frame;
  }

  static Outgoing of(byte[] message) {
    try {
      return new Outgoing(message, Frame.parse(message, Integer.MAX_VALUE));
    } catch (MalformedMessage e) {
      return new Outgoing(message, null);
    }
  }

  byte[] message() {
    return message;
  }

  int length() {
    return message.length;
  }

  boolean isRequest() {
    return frame != null && frame.isRequest();
  }

  boolean isCancellation() {
    return frame != null && frame.method().equals(Methods.CANCELLED);
  }

  /** Whether this is the request that {@code cancellation} takes back. */
  boolean isCancelledBy(Outgoing cancellation) {
    return frame != null
        && cancellation.frame != null
        && frame.isRequest()
        && Arrays.equals(frame.id(), cancellation.frame.requestId());
  }
}
