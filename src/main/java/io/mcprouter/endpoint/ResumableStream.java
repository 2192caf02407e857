package io.mcprouter.endpoint;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The events of one stream of a client session, kept for as long as the client may ask for them
 * again (transports, resumability and redelivery). An event's id names the stream and its place in
 * it.
 */
final class ResumableStream {
  private static final int MOST_EVENTS = 256;
  private static final int MOST_BYTES = 1 << 20;
  private static final String RETRY = "retry: 500\n";

  private final int number;
  private final Deque<Event> events = new ArrayDeque<>();
  private int keptBytes;
  private long next = 1;
  private boolean finished;
  private @Nullable SseOutput output;

  ResumableStream(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /**
   * Sends the event without data by which the client learns where to resume, before anything else
   * is known.
   */
  synchronized void prime() {
    if (output != null) {
      output.raw("id: " + id(0) + "\n" + RETRY + "data: \n\n");
    }
  }

  synchronized void event(byte[] message) {
    if (finished) {
      return;
    }
    Event event = new Event(next++, message);
    events.add(event);
    keptBytes += message.length;
    while (events.size() > MOST_EVENTS || (keptBytes > MOST_BYTES && events.size() > 1)) {
      keptBytes -= events.remove().message.length;
    }
    if (output != null) {
      output.event(id(event.place), message);
    }
  }

  /** Sends the last event and ends the stream. */
  synchronized void finish(byte[] message) {
    event(message);
    finish();
  }

  synchronized void finish() {
    finished = true;
    if (output != null) {
      output.end();
    }
  }

  /** Sends what came after an event, and from now on whatever comes; a former output is ended. */
  synchronized void attach(SseOutput next, long after) {
    if (output != null) {
      output.end();
    }
    output = next;
    for (Event event : events) {
      if (event.place > after) {
        next.event(id(event.place), event.message);
      }
    }
    if (finished) {
      next.end();
    }
  }

  /** The output is gone; false when another has taken its place already. */
  synchronized boolean detach(SseOutput gone) {
    if (output != gone) {
      return false;
    }
    output = null;
    return true;
  }

  /** Lets the client go for now: it comes back for the rest. */
  synchronized void release(long retryMillis) {
    SseOutput open = output;
    if (open != null && !finished) {
      output = null;
      open.raw("retry: " + retryMillis + "\n\n");
      open.end();
    }
  }

  synchronized boolean isAttached() {
    return output != null;
  }

  synchronized boolean isFinished() {
    return finished;
  }

  synchronized int keptBytes() {
    return keptBytes;
  }

  private String id(long place) {
    return number + "-" + place;
  }

  private static final class Event {
    private final long place;
    private final byte[] message;

    private Event(long place, byte[] message) {
      this.place = place;
      this.message = message;
    }
  }
}
