package io.mcprouter.endpoint;

import io.mcprouter.identity.OwnOrigins;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that a web page made under a foreign name: a Host that is not the router's (DNS
 * rebinding), or an Origin that is neither the router's own nor allowed (transports, security
 * warning). Answers CORS preflights.
 */
final class OriginGuard {
  private static final String EXPOSED = "Mcp-Session-Id, WWW-Authenticate";
  private static final String ALLOWED_HEADERS =
      "Content-Type, Accept, Authorization, Mcp-Session-Id, MCP-Protocol-Version, Last-Event-ID, X-API-Key";

  private final OwnOrigins origins;

  OriginGuard(EndpointSettings settings) {
    this.origins = new OwnOrigins(settings.publicUrl(), settings.allowedOrigins());
  }

  /** Whether the request may go on; otherwise it is answered already. */
  boolean admits(HttpServerRequest request) {
    String host = host(request);
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (!origins.isOwnHost(host) || (origin != null && !origins.isAllowed(origin, host))) {
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
