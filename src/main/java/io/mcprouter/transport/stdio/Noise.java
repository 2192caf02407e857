package io.mcprouter.transport.stdio;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports lines of a server that are no messages: that they came and how long they were, never what
 * they say, and not more than once a minute. Used by the one thread that reads the output.
 */
final class Noise {
  private static final Logger LOG = LoggerFactory.getLogger(Noise.class);
  private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

  private final String server;
  private long quietUntil;
  private long lines;
  private long bytes;

  Noise(String server) {
    this.server = server;
    this.quietUntil = System.nanoTime();
  }

  void skipped(int length) {
    lines++;
    bytes += length;
    long now = System.nanoTime();
    if (now - quietUntil >= 0) {
      LOG.warn(
          "Server '{}': skipped {} line(s), {} bytes in all, on its standard output that are no"
              + " JSON-RPC messages",
          server,
          lines,
          bytes);
      quietUntil = now + QUIET_NANOS;
      lines = 0;
      bytes = 0;
    }
  }
}
