package io.mcprouter.endpoint;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a client session that can be taken up again: those that are open and a few that
 * ended lately.
 */
final class EventLog {
  private static final int MOST_FINISHED = 8;
  private static final int MOST_FINISHED_BYTES = 256 << 10;

  private final Runnable onLeft;
  private final ResumableStream listening = new ResumableStream(0, this, () -> {});
  private final Map<Integer, ResumableStream> streams = new ConcurrentHashMap<>();
  private final Deque<ResumableStream> finished = new ArrayDeque<>();
  private int finishedBytes;
  private int last;

  /**
   * @param onLeft runs whenever a stream has lost its reader
   */
  EventLog(Runnable onLeft) {
    this.onLeft = onLeft;
  }

  /** The stream for what belongs to no request. */
  ResumableStream listening() {
    return listening;
  }

  /**
   * Opens a stream for what belongs to one request.
   *
   * @param onAbandoned what to do when its client went away and does not come back
   */
  synchronized ResumableStream open(Runnable onAbandoned) {
    ResumableStream stream = new ResumableStream(++last, this, onAbandoned);
    streams.put(stream.number(), stream);
    return stream;
  }

  /** Keeps a finished stream for a while, in place of older ones. */
  synchronized void finished(ResumableStream stream) {
    finished.add(stream);
    finishedBytes += stream.keptBytes();
    while (finished.size() > MOST_FINISHED
        || (finishedBytes > MOST_FINISHED_BYTES && finished.size() > 1)) {
      ResumableStream oldest = finished.remove();
      finishedBytes -= oldest.keptBytes();
      streams.remove(oldest.number());
    }
  }

  void left() {
    onLeft.run();
  }

  /** Whether anybody reads any of the streams. */
  boolean isRead() {
    return listening.isAttached()
        || streams.values().stream().anyMatch(ResumableStream::isAttached);
  }

  /** Gives up on the clients of streams that nobody has read for that long. */
  void abandonAfter(long nanos) {
    streams.values().forEach(stream -> stream.abandonAfter(nanos));
  }

  /** The session is over. The other streams end with the replies to their requests. */
  void close() {
    listening.end();
  }

  /** Where an event id stands, or null when it is none of this session's. */
  @Nullable Place find(String eventId) {
    int dash = eventId.indexOf('-');
    try {
      int number = Integer.parseInt(eventId, 0, Math.max(dash, 0), 10);
      long place = Long.parseLong(eventId, dash + 1, eventId.length(), 10);
      ResumableStream stream = number == 0 ? listening : streams.get(number);
      return stream == null ? null : new Place(stream, place);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** A stream and the place of an event in it. */
  record Place(ResumableStream stream, long place) {}
}
