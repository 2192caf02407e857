package io.mcprouter.protocol;

import java.util.ArrayList;
import java.util.List;

/**
 * Several messages in one JSON array, which revision 2025-03-26 allows (basic protocol, batching).
 * The router takes them apart and treats each as a message of its own.
 */
public final class Batch {
  private Batch() {}

  /** Whether this JSON text is an array, and so can only be a batch. */
  public static boolean isBatch(byte[] json) {
    int at = 0;
    while (at < json.length && isBlank(json[at])) {
      at++;
    }
    return at < json.length && json[at] == '[';
  }

  private static boolean isBlank(byte next) {
    return next == ' ' || next == '\n' || next == '\r' || next == '\t';
  }

  /** Takes messages. */
  @FunctionalInterface
  public interface Receiver {
    void received(Frame message);
  }

  /**
   * Passes on a message, or those of a batch in order.
   *
   * @param maxDepth deepest nesting of one message
   * @throws MalformedMessage before any is passed on, when it is neither
   */
  public static void read(byte[] json, int maxDepth, Receiver receiver) throws MalformedMessage {
    if (isBatch(json)) {
      split(json, maxDepth).forEach(receiver::received);
    } else {
      receiver.received(Frame.parse(json, maxDepth));
    }
  }

  /**
   * The messages of a batch, in order.
   *
   * @param maxDepth deepest nesting of one message
   * @throws MalformedMessage when it is not JSON, is empty, or holds anything but messages
   */
  public static List<Frame> split(byte[] json, int maxDepth) throws MalformedMessage {
    List<JsonSpan> elements = JsonSpan.parse(json, maxDepth + 1).elements();
    if (elements.isEmpty()) {
      throw MalformedMessage.invalid("a batch is an array of at least one message");
    }
    List<Frame> messages = new ArrayList<>(elements.size());
    for (JsonSpan element : elements) {
      messages.add(Frame.parse(element.bytes(), maxDepth));
    }
    return messages;
  }
}
