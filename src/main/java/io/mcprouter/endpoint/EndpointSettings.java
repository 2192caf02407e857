package io.mcprouter.endpoint;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How clients are served.
 *
 * @param host address to listen on
 * @param port port to listen on, 0 for a free one
 * @param publicUrl where clients find the router behind a proxy, or null for the address itself
 * @param allowedOrigins origins of web pages that may call, besides the router's own
 * @param limits what clients may send and hold
 * @param times how long things live
 */
public record EndpointSettings(
    String host,
    int port,
    @Nullable URI publicUrl,
    Set<String> allowedOrigins,
    Limits limits,
    Times times) {
  public EndpointSettings {
    allowedOrigins = Set.copyOf(allowedOrigins);
  }

  /**
   * Bounds.
   *
   * @param maxBodyBytes largest message taken from a client
   * @param maxDepth deepest nesting of a message
   * @param maxSessions most client sessions in all
   * @param maxSessionsPerUser most client sessions of one user
   * @param maxOpenCalls most calls open at once in one client session
   * @param maxBatch most messages in a batch (2025-03-26)
   */
  public record Limits(
      int maxBodyBytes,
      int maxDepth,
      int maxSessions,
      int maxSessionsPerUser,
      int maxOpenCalls,
      int maxBatch) {
    public static final Limits DEFAULT = new Limits(4 << 20, 200, 20_000, 1_000, 256, 100);
  }

  /**
   * Times.
   *
   * @param sessionIdle how long a client session without an open stream or call lives
   * @param resumeWait how long a call goes on whose client lost its stream and may resume
   * @param keepAlive how often an idle stream gets a comment or a ping
   */
  public record Times(Duration sessionIdle, Duration resumeWait, Duration keepAlive) {
    public static final Times DEFAULT =
        new Times(Duration.ofMinutes(30), Duration.ofSeconds(10), Duration.ofSeconds(15));
  }

  /** The path that stands before the router's own paths in its public URL; empty for none. */
  String pathPrefix() {
    String path = publicUrl == null ? "" : publicUrl.getRawPath();
    return path == null || path.equals("/") ? "" : path.replaceAll("/+$", "");
  }
}
