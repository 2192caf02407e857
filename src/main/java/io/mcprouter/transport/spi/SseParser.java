package io.mcprouter.transport.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event stream as its bytes arrive (HTML, server-sent events). Data stays bytes: one line
 * inside one chunk, which is how servers write messages, is copied once. For one thread; of no use
 * after {@link TooLarge}.
 */
public final class SseParser {
  private static final String MESSAGE = "message";
  private static final byte[] NOTHING = {};
  private static final int MAX_RETRY_DIGITS = 18;
  private static final int LONGEST_FIELD = "retry: ".length();
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long ALL_CR = ONES * '\r';
  private static final long ALL_LF = ONES * '\n';

  private final int maxEventBytes;
  private final Sink sink;
  private final ByteRun line = new ByteRun();
  private final ByteRun joined = new ByteRun();
  private boolean firstLine = true;
  private boolean afterCr;
  private String name = MESSAGE;
  private @Nullable String id;
  private byte @Nullable [] data;

  /**
   * @param maxEventBytes most bytes of data in an event, and in a line of any kind
   * @param sink gets the events, in the thread that feeds
   */
  public SseParser(int maxEventBytes, Sink sink) {
    this.maxEventBytes = maxEventBytes;
    this.sink = sink;
  }

  /**
   * Reads the next bytes of the stream, {@code from} inclusive to {@code to} exclusive. Nothing of
   * the chunk is kept.
   *
   * @throws TooLarge when an event or a line has more bytes than allowed
   */
  public void feed(byte[] chunk, int from, int to) throws TooLarge {
    int start = from;
    while (start < to) {
      if (afterCr && chunk[start] == '\n') {
        start++;
      }
      afterCr = false;
      int end = lineEnd(chunk, start, to);
      if (end == to) {
        keep(chunk, start, to);
        return;
      }
      endLine(chunk, start, end);
      afterCr = chunk[end] == '\r';
      start = end + 1;
    }
  }

  private void keep(byte[] chunk, int from, int to) throws TooLarge {
    checkLine((long) line.length() + to - from);
    line.append(chunk, from, to);
  }

  private void endLine(byte[] chunk, int from, int to) throws TooLarge {
    if (line.length() == 0) {
      checkLine((long) to - from);
      line(chunk, from, to);
    } else {
      keep(chunk, from, to);
      line(line.bytes(), 0, line.length());
      line.clear();
    }
  }

  private void line(byte[] bytes, int from, int to) throws TooLarge {
    int start = firstLine ? afterByteOrderMark(bytes, from, to) : from;
    firstLine = false;
    if (start == to) {
      dispatch();
    } else if (bytes[start] != ':') {
      field(bytes, start, to);
    }
  }

  private static int afterByteOrderMark(byte[] bytes, int from, int to) {
    boolean marked =
        to - from >= 3
            && bytes[from] == (byte) 0xEF
            && bytes[from + 1] == (byte) 0xBB
            && bytes[from + 2] == (byte) 0xBF;
    return marked ? from + 3 : from;
  }

  private void field(byte[] bytes, int from, int to) throws TooLarge {
    int colon = from;
    while (colon < to && bytes[colon] != ':') {
      colon++;
    }
    int value = Math.min(colon + 1, to);
    if (value < to && bytes[value] == ' ') {
      value++;
    }
    if (is("data", bytes, from, colon)) {
      data(bytes, value, to);
    } else if (is("event", bytes, from, colon)) {
      name = value == to ? MESSAGE : text(bytes, value, to);
    } else if (is("id", bytes, from, colon)) {
      id(text(bytes, value, to));
    } else if (is("retry", bytes, from, colon)) {
      retry(bytes, value, to);
    }
  }

  private static boolean is(String field, byte[] bytes, int from, int to) {
    if (to - from != field.length()) {
      return false;
    }
    for (int i = 0; i < field.length(); i++) {
      if (bytes[from + i] != field.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private void data(byte[] bytes, int from, int to) throws TooLarge {
    byte[] before = data;
    if (before == null) {
      checkSize(to - from);
      data = Arrays.copyOfRange(bytes, from, to);
      return;
    }
    if (joined.length() == 0) {
      joined.append(before, 0, before.length);
    }
    checkSize(1L + joined.length() + to - from);
    joined.append('\n');
    joined.append(bytes, from, to);
  }

  private void id(String value) {
    if (value.indexOf('\0') < 0) {
      id = value;
    }
  }

  private void retry(byte[] bytes, int from, int to) {
    if (from == to || to - from > MAX_RETRY_DIGITS) {
      return;
    }
    long millis = 0;
    for (int at = from; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        return;
      }
      millis = millis * 10 + digit;
    }
    sink.retry(millis);
  }

  private void dispatch() {
    byte[] whole = joined.length() == 0 ? data : joined.copy();
    String eventName = name;
    String eventId = id;
    joined.clear();
    data = null;
    name = MESSAGE;
    id = null;
    if (whole != null || eventId != null) {
      sink.event(eventName, eventId, whole == null ? NOTHING : whole);
    }
  }

  /** A line may hold the largest data and the field's name: where chunks end changes nothing. */
  private void checkLine(long bytes) throws TooLarge {
    checkSize(bytes - LONGEST_FIELD);
  }

  private void checkSize(long bytes) throws TooLarge {
    if (bytes > maxEventBytes) {
      throw new TooLarge(maxEventBytes);
    }
  }

  /**
   * Where the line ends, or {@code to}. Messages are long lines, so eight bytes are looked at at
   * once: a byte that equals CR or LF becomes zero by XOR, and a zero byte is what borrows into its
   * high bit when one is taken from it.
   */
  private static int lineEnd(byte[] chunk, int from, int to) {
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long eight = (long) LONGS.get(chunk, at);
      if ((zeroBytes(eight ^ ALL_CR) | zeroBytes(eight ^ ALL_LF)) != 0) {
        break;
      }
    }
    while (at < to && chunk[at] != '\r' && chunk[at] != '\n') {
      at++;
    }
    return at;
  }

  private static long zeroBytes(long eight) {
    return (eight - ONES) & ~eight & HIGH_BITS;
  }

  /** Gets what the stream holds. */
  public interface Sink {
    /**
     * An event. A block without data is one only when it carries an id.
     *
     * @param name the event's name, {@code message} where it gives none
     * @param id the id that the event carries, or null for none
     * @param data its lines of data joined by line feeds, the sink's own; may be empty
     */
    void event(String name, @Nullable String id, byte[] data);

    /**
     * How long the server wants a client to wait before it connects again.
     *
     * @param millis the wait in ms, as the server said it: not bounded yet
     */
    void retry(long millis);
  }

  /** An event or a line has more bytes than allowed. */
  public static final class TooLarge extends Exception {
    private static final long serialVersionUID = 1L;

    private TooLarge(int maxEventBytes) {
      super("an event has more than " + maxEventBytes + " bytes", null, false, false);
    }
  }
}
