package io.mcprouter.endpoint;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a client session from its beginning to its end: who reads it now, since when nobody
 * does, and its events, kept for as long as the client may ask for them again (transports,
 * resumability and redelivery). An event's id names the stream and its place in it.
 *
 * <p>An output leaves in four ways: its connection breaks, another takes its place, the client is
 * let go, or the stream ends. All of them are told here and nowhere else.
 */
final class ResumableStream {
  private static final int MOST_EVENTS = 256;
  private static final int MOST_BYTES = 1 << 20;
  private static final String RETRY = "retry: 500\n";

  private final int number;
  private final EventLog log;
  private @Nullable Runnable onAbandoned;
  private final Deque<Event> events = new ArrayDeque<>();
  private int keptBytes;
  private long next = 1;
  private boolean finished;
  private @Nullable SseOutput output;
  private long leftAt = System.nanoTime();

  /**
   * @param onAbandoned what to do when the client has been away for too long
   */
  ResumableStream(int number, EventLog log, Runnable onAbandoned) {
    this.number = number;
    this.log = log;
    this.onAbandoned = onAbandoned;
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
      output.raw("id: " + id(next - 1) + "\n" + RETRY + "data: \n\n");
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

  /** Sends the last event and ends the stream, which can be read again for a while. */
  void finish(byte[] message) {
    event(message);
    end();
    log.finished(this);
  }

  synchronized void end() {
    finished = true;
    onAbandoned = null; // which would keep the request's connection for as long as the events
    endOutput();
  }

  /** Sends what came after an event, and from now on whatever comes; a former output is ended. */
  synchronized void attach(SseOutput taker, long after) {
    endOutput();
    output = taker;
    taker.onEnd(() -> detach(taker));
    for (Event event : events) {
      if (event.place > after) {
        taker.event(id(event.place), event.message);
      }
    }
    if (finished) {
      endOutput();
    }
  }

  /** An output is over, which may have lost its place to another before. */
  private synchronized void detach(SseOutput gone) {
    if (output == gone) {
      leave();
    }
  }

  /** Lets the client go for now: it comes back for the rest, and is not missed before. */
  synchronized void release(long retryMillis) {
    if (output != null && !finished) {
      output.raw("retry: " + retryMillis + "\n\n");
      endOutput();
      leftAt += TimeUnit.MILLISECONDS.toNanos(retryMillis);
    }
  }

  private void endOutput() {
    SseOutput open = output;
    if (open != null) {
      leave();
      open.end();
    }
  }

  private void leave() {
    output = null;
    leftAt = System.nanoTime();
    log.left();
  }

  synchronized boolean isAttached() {
    return output != null;
  }

  /** Gives the client up when nobody has read the stream for that long. */
  void abandonAfter(long nanos) {
    Runnable abandoned = missed(nanos);
    if (abandoned != null) {
      abandoned.run();
    }
  }

  private synchronized @Nullable Runnable missed(long nanos) {
    boolean missed = !finished && output == null && System.nanoTime() - leftAt >= nanos;
    return missed ? onAbandoned : null;
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
