package io.mcprouter.oauth;

import java.time.Duration;

/**
 * How long a request may take and how much may come back.
 *
 * @param connect until a connection stands
 * @param total until the whole answer is there, names and connection included
 * @param maxBytes the largest body
 */
public record GuardedSenderLimits(Duration connect, Duration total, int maxBytes) {
  public static final GuardedSenderLimits DEFAULT =
      new GuardedSenderLimits(Duration.ofSeconds(5), Duration.ofSeconds(8), 256 << 10);
}
