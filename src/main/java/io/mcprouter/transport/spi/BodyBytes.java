package io.mcprouter.transport.spi;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The body of a message, collected into one array: in one copy where its length is declared, and
 * never beyond the bound.
 */
public class BodyBytes {
  private static final int UNKNOWN_LENGTH = 8 << 10;

  private final int bound;
  private byte[] bytes;
  private int length;

  /**
   * Expects a body.
   *
   * @param declared its length; less than 0 where that is unknown
   */
  public BodyBytes(long declared, int bound) {
    this.bound = bound;
    this.bytes = new byte[(int) Math.min(bound, declared < 0 ? UNKNOWN_LENGTH : declared)];
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
      bytes = Arrays.copyOf(bytes, Math.min(bound, Math.max(needed, bytes.length * 2)));
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
