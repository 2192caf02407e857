package io.mcprouter.transport.stdio;

import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines. It holds at most one line of the greatest length, and gives
 * memory back after a long one.
 */
final class LineReader {
  private static final int USUAL = 16 << 10;

  private final Source in;
  private final int maxLine;
  private byte[] buffer = new byte[USUAL];
  private int filled;
  private int searched;

  /**
   * @param maxLine longest line, in bytes without its end
   */
  LineReader(Source in, int maxLine) {
    this.in = in;
    this.maxLine = maxLine;
  }

  /**
   * Passes every line on, without its end (LF or CR LF); an unfinished last line counts as one.
   *
   * @return false when a line was longer than allowed and reading stopped there
   */
  boolean forEachLine(Lines lines) throws InterruptedException {
    while (true) {
      if (filled == buffer.length) {
        buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, maxLine + 3L));
      }
      int count = in.read(buffer, filled, buffer.length - filled);
      if (count < 0) {
        return deliver(lines, 0, filled);
      }
      filled += count;
      if (!cut(lines) || filled > maxLine + 1) {
        return false;
      }
    }
  }

  private boolean cut(Lines lines) {
    int from = 0;
    for (int at = searched; at < filled; at++) {
      if (buffer[at] == '\n') {
        if (!deliver(lines, from, at)) {
          return false;
        }
        from = at + 1;
      }
    }
    filled -= from;
    searched = filled;
    if (from > 0) {
      byte[] rest = buffer.length > USUAL && filled <= USUAL ? new byte[USUAL] : buffer;
      System.arraycopy(buffer, from, rest, 0, filled);
      buffer = rest;
    }
    return true;
  }

  private boolean deliver(Lines lines, int from, int to) {
    int end = to > from && buffer[to - 1] == '\r' ? to - 1 : to;
    if (end - from > maxLine) {
      return false;
    }
    if (end > from) {
      lines.line(Arrays.copyOfRange(buffer, from, end));
    }
    return true;
  }

  /** Takes lines, none of them empty. */
  @FunctionalInterface
  interface Lines {
    void line(byte[] line);
  }

  /** A stream of bytes. */
  @FunctionalInterface
  interface Source {
    /** Reads what is there, waiting for at least one byte; -1 at the end. */
    int read(byte[] into, int from, int length) throws InterruptedException;
  }
}
