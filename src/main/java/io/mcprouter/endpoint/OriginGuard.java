package io.mcprouter.endpoint;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that a web page made under a foreign name: a Host that is not the router's (DNS
 * rebinding), or an Origin that is neither the router's own nor allowed (transports, security
 * warning). Answers CORS preflights.
 */
final class OriginGuard {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final String EXPOSED = "Mcp-Session-Id, WWW-Authenticate";
  private static final String ALLOWED_HEADERS =
      "Content-Type, Accept, Authorization, Mcp-Session-Id, MCP-Protocol-Version, Last-Event-ID, X-API-Key";

  private final @Nullable String publicHost;
  private final @Nullable String publicOrigin;
  private final Set<String> allowedOrigins;

  OriginGuard(EndpointSettings settings) {
    URI url = settings.publicUrl();
    this.publicHost = url == null ? null : url.getAuthority();
    this.publicOrigin = url == null ? null : url.getScheme() + "://" + url.getAuthority();
    this.allowedOrigins = settings.allowedOrigins();
  }

  /** Whether the request may go on; otherwise it is answered already. */
  boolean admits(HttpServerRequest request) {
    String host = host(request);
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (!isOwnHost(host) || (origin != null && !isAllowed(origin, host))) {
      request.response().setStatusCode(403).end("This Host or Origin is not allowed here.");
      return false;
    }
    if (origin != null) {
      allow(request.response().headers(), origin);
    }
    return true;
  }

  /** HTTP/2, to which Java's own client upgrades, has an authority in the place of the header. */
  private static @Nullable String host(HttpServerRequest request) {
    String header = request.getHeader(HttpHeaders.HOST);
    return header != null || request.authority() == null ? header : request.authority().toString();
  }

  private boolean isOwnHost(@Nullable String host) {
    if (host == null) {
      return false;
    }
    return isLoopback(host) || host.equalsIgnoreCase(publicHost);
  }

  private static boolean isLoopback(String authority) {
    int port = authority.lastIndexOf(':');
    String name = port > authority.lastIndexOf(']') ? authority.substring(0, port) : authority;
    return LOOPBACK.contains(name.toLowerCase(Locale.ROOT));
  }

  private boolean isAllowed(String origin, @Nullable String host) {
    if (origin.equalsIgnoreCase(publicOrigin) || allowedOrigins.contains(origin)) {
      return true;
    }
    int authority = origin.indexOf("://");
    return authority > 0 && origin.substring(authority + 3).equalsIgnoreCase(host);
  }

  private static void allow(MultiMap headers, String origin) {
    headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.set(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
  }

  /** Answers a preflight of an origin that {@link #admits} let pass. */
  void preflight(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, DELETE");
    response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED_HEADERS);
    response.putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "600");
    response.setStatusCode(204).end();
  }
}
