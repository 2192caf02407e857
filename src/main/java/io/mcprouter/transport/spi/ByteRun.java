package io.mcprouter.transport.spi;

import java.util.Arrays;

/** Bytes that are put together piece by piece. Whoever appends keeps the bound. */
final class ByteRun {
  private static final int FIRST = 256;

  /** A large buffer is not kept for the sake of one large message. */
  private static final int LARGEST_KEPT = 64 << 10;

  private static final byte[] NONE = {};

  private byte[] bytes = NONE;
  private int length;

  int length() {
    return length;
  }

  /** The buffer itself: its first {@link #length()} bytes count, until something is appended. */
  byte[] bytes() {
    return bytes;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }

  void append(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
  }

  void append(byte[] from, int start, int end) {
    reserve(end - start);
    System.arraycopy(from, start, bytes, length, end - start);
    length += end - start;
  }

  void clear() {
    length = 0;
    if (bytes.length > LARGEST_KEPT) {
      bytes = NONE;
    }
  }

  private void reserve(int more) {
    int needed = length + more;
    if (needed > bytes.length) {
      long doubled = Math.max(FIRST, 2L * bytes.length);
      bytes =
          Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, doubled)));
    }
  }
}
