package io.mcprouter.transport.spi;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The body of a message, collected into one array: in one copy where its length is declared and
 * usual, and never beyond the bound. What is only declared takes little memory until it comes.
 */
public class BodyBytes {
  private static final int UNKNOWN_LENGTH = 8 << 10;
  private static final int LARGEST_FIRST_ROOM = 128 << 10;
  private static final int GROWTH = 4;

  private final int bound;
  private final int most;
  private byte[] bytes;
  private int length;

  /**
   * Expects a body.
   *
   * @param declared its length; less than 0 where that is unknown
   */
  public BodyBytes(long declared, int bound) {
    this.bound = bound;
    this.most = declared < 0 ? bound : (int) Math.min(bound, declared);
    this.bytes = new byte[Math.min(bound, firstRoom(declared))];
  }

  static int firstRoom(long declared) {
    return declared < 0 ? UNKNOWN_LENGTH : (int) Math.min(declared, LARGEST_FIRST_ROOM);
  }

  /** The length that a Content-Length header declares; -1 where it declares none. */
  public static long declaredLength(@Nullable String header) {
    try {
      return header == null ? -1 : Long.parseLong(header);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Adds a piece, unless the body goes over the bound with it. */
  public final boolean add(Buffer piece) {
    int needed = length + piece.length();
    if (needed > bound) {
      return false;
    }
    if (needed > bytes.length) {
      long room = Math.min(most, (long) GROWTH * bytes.length);
      bytes = Arrays.copyOf(bytes, (int) Math.max(needed, room));
    }
    piece.getBytes(bytes, length);
    length = needed;
    return true;
  }

  /** All that was added. */
  public final byte[] whole() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }
}
