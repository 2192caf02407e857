package io.mcprouter.endpoint;

import io.mcprouter.catalog.Catalog;
import io.mcprouter.catalog.View;
import io.mcprouter.identity.Callers;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.ServerCalls;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;

/**
 * Takes every HTTP request of the data plane: who it is from, where it leads, who serves it. One
 * for each event loop.
 */
final class HttpFront {
  /** Enough for the largest message over a slow line. */
  private static final Duration BODY_LIMIT = Duration.ofMinutes(1);

  private final OriginGuard origins;
  private final Callers callers;
  private final Catalog catalog;
  private final ServerCalls servers;
  private final StreamableHttp streamable;
  private final LegacySse legacy;
  private final WebSocketClients websockets;

  HttpFront(
      Vertx vertx,
      Front front,
      Callers callers,
      Catalog catalog,
      ServerCalls servers,
      Map<String, LegacySse.Connection> connections) {
    this.origins = new OriginGuard(front.settings());
    this.callers = callers;
    this.catalog = catalog;
    this.servers = servers;
    BodyDeadline bodies = new BodyDeadline(vertx, BODY_LIMIT);
    this.streamable = new StreamableHttp(vertx, front, bodies);
    this.legacy = new LegacySse(vertx, front, bodies, connections);
    this.websockets = new WebSocketClients(vertx, front);
  }

  void handle(HttpServerRequest request) {
    if (!origins.admits(request)) {
      return;
    }
    String path = request.path();
    Paths.Place place = path == null ? null : Paths.of(path);
    if (place == null) {
      request.response().setStatusCode(404).end("Nothing is served at this path. Try /mcp.");
    } else if (request.method().equals(HttpMethod.OPTIONS)) {
      origins.preflight(request);
    } else if (!catalog.serves(place.view())) {
      request.response().setStatusCode(404).end(absent(place.view()));
    } else {
      serve(request, place);
    }
  }

  private String absent(View view) {
    return switch (view) {
      case View.Server one -> {
        String reason = servers.servers().failed().get(one.name());
        yield reason == null
            ? "There is no server '" + one.name() + "'."
            : "The server '" + one.name() + "' cannot be used: " + reason;
      }
      case View.Toolset set -> "There is no toolset '" + set.name() + "'.";
      case View.Everything all -> "Nothing is served here.";
    };
  }

  private void serve(HttpServerRequest request, Paths.Place place) {
    Caller caller;
    try {
      caller = callers.identify(request::getHeader);
    } catch (Callers.Refused refused) {
      request.response().setStatusCode(401).end(refused.getMessage());
      return;
    }
    switch (place.form()) {
      case STREAMABLE_HTTP -> streamable.handle(request, place.view(), caller);
      case SSE -> legacy.open(request, place, caller);
      case SSE_MESSAGES -> legacy.message(request, caller);
      case WEBSOCKET -> websockets.open(request, place.view(), caller);
    }
  }
}
