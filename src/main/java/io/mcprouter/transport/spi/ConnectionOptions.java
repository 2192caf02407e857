package io.mcprouter.transport.spi;

import java.time.Duration;

/**
 * How a connection behaves.
 *
 * @param server the server's name, for messages and meters
 * @param initTimeout limit for opening: transport and {@code initialize} together
 * @param streamIdle how long a listening stream may be silent before it is opened anew
 * @param capabilities the client capabilities to declare, a JSON object
 * @param limits bounds on what the server may send and hold open
 */
public record ConnectionOptions(
    String server, Duration initTimeout, Duration streamIdle, String capabilities, Limits limits) {
  private static final String NOTHING = "{}";

  /** Options of a connection that declares no client capability. */
  public static ConnectionOptions plain(String server, Duration initTimeout, Limits limits) {
    return new ConnectionOptions(server, initTimeout, Duration.ofMinutes(5), NOTHING, limits);
  }

  public ConnectionOptions withStreamIdle(Duration idle) {
    return new ConnectionOptions(server, initTimeout, idle, capabilities, limits);
  }

  public ConnectionOptions withCapabilities(String json) {
    return new ConnectionOptions(server, initTimeout, streamIdle, json, limits);
  }

  /**
   * Bounds per connection.
   *
   * @param maxMessageBytes largest message, event, line or frame taken from a server
   * @param maxDepth deepest nesting of a message
   * @param maxPending most calls open at once
   * @param maxQueuedBytes most bytes waiting to be sent
   */
  public record Limits(int maxMessageBytes, int maxDepth, int maxPending, int maxQueuedBytes) {
    public static final Limits DEFAULT = new Limits(16 << 20, 200, 1000, 32 << 20);
  }
}
