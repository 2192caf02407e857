package io.mcprouter.cli;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.transport.spi.SseParser;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the reply in a stream of events, and passes on the notifications before it. */
final class EventReplies implements SseParser.Sink {
  private static final int CHUNK = 16 << 10;

  private final SseParser parser;
  private final Consumer<Frame> notifications;
  private final Deque<byte[]> events = new ArrayDeque<>();

  EventReplies(int maxBytes, Consumer<Frame> notifications) {
    this.parser = new SseParser(maxBytes, this);
    this.notifications = notifications;
  }

  /** Reads until the reply; null when the stream ends without one. */
  @Nullable Frame read(InputStream in) throws IOException, MalformedMessage, CommandFailure {
    byte[] chunk = new byte[CHUNK];
    for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
      feed(chunk, count);
      while (!events.isEmpty()) {
        Frame message = Frame.parse(events.remove());
        if (message.isReply()) {
          return message;
        }
        if (message.isNotification()) {
          notifications.accept(message);
        }
      }
    }
    return null;
  }

  private void feed(byte[] chunk, int count) throws CommandFailure {
    try {
      parser.feed(chunk, 0, count);
    } catch (SseParser.TooLarge e) {
      throw new CommandFailure("The router's answer is too large for this command.");
    }
  }

  @Override
  public void event(String name, @Nullable String id, byte[] data) {
    if (data.length > 0) {
      events.add(data);
    }
  }

  @Override
  public void retry(long millis) {
    // this client does not come back to a stream
  }
}
