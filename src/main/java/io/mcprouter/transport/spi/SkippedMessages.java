package io.mcprouter.transport.spi;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what a server sent that is no message: how much of it came and never what it says, at most
 * once a minute. For one thread.
 */
public final class SkippedMessages {
  private static final Logger LOG = LoggerFactory.getLogger(SkippedMessages.class);
  private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

  private final String server;
  private final String source;
  private long quietUntil = System.nanoTime();
  private long count;
  private long bytes;

  /**
   * @param source on what of the server's they come
   */
  public SkippedMessages(String server, String source) {
    this.server = server;
    this.source = source;
  }

  /** Something of {@code length} bytes was skipped. */
  public void add(int length) {
    count++;
    bytes += length;
    long now = System.nanoTime();
    if (now - quietUntil < 0) {
      return;
    }
    LOG.warn(
        "Server '{}': skipped {} message(s), {} bytes in all, on its {} that are no JSON-RPC"
            + " messages",
        server,
        count,
        bytes,
        source);
    quietUntil = now + QUIET_NANOS;
    count = 0;
    bytes = 0;
  }
}
