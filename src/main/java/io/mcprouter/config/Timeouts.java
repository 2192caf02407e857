package io.mcprouter.config;

import java.time.Duration;

/**
 * How long to wait for a server. Every limit is more than zero; the file has them in milliseconds.
 *
 * @param timeout for the answer to one request, from its sending; default 30 s
 * @param initTimeout for opening: connecting or starting, and {@code initialize}; default 10 s
 * @param sseReadTimeout how long the stream of a streamable HTTP server may stay silent; default
 *     300 s
 */
public record Timeouts(Duration timeout, Duration initTimeout, Duration sseReadTimeout) {
  public static final Timeouts DEFAULT =
      new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(300));
}
