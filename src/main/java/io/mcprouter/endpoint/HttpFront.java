package io.mcprouter.endpoint;

import io.mcprouter.catalog.Catalog;
import io.mcprouter.catalog.View;
import io.mcprouter.identity.Callers;
import io.mcprouter.identity.Proof;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.ServerCalls;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes every HTTP request of the data plane: who it is from, where it leads, who serves it. One
 * for each event loop.
 */
final class HttpFront {
  private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);

  /** Enough for the largest message over a slow line. */
  private static final Duration BODY_LIMIT = Duration.ofMinutes(1);

  private final OriginGuard origins;
  private final Front front;
  private final Verification verification;
  private final Catalog catalog;
  private final ServerCalls servers;
  private final Vertx vertx;
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
    this.vertx = vertx;
    this.origins = new OriginGuard(front.settings());
    this.front = front;
    this.verification = new Verification(vertx, callers);
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
    if (path != null && ResourceMetadata.isAsked(path)) {
      front.metadata().serve(request, path);
    } else if (path == null || place == null) {
      request.response().setStatusCode(404).end("Nothing is served at this path. Try /mcp.");
    } else if (request.method().equals(HttpMethod.OPTIONS)) {
      origins.preflight(request);
    } else {
      verification.verify(
          request,
          new ClientRequest(request, front.metadata(), resource(path, place)),
          proof -> admit(request, path, place, proof),
          refused -> front.metadata().refuse(request, path, refused));
    }
  }

  /** The messages of a stream are the stream's: a token for it is one for them. */
  private static String resource(String path, Paths.Place place) {
    return place.form() == Paths.Form.SSE_MESSAGES ? place.before() + "/sse" : path;
  }

  /** Waits, seldom, until it is known which servers the caller has added. */
  private void admit(HttpServerRequest request, String path, Paths.Place place, Proof proof) {
    CompletableFuture<Void> known = catalog.known(proof.caller());
    if (known.isDone() && !known.isCompletedExceptionally()) {
      admitKnown(request, path, place, proof);
      return;
    }
    request.pause();
    Context loop = vertx.getOrCreateContext();
    known.whenComplete(
        (done, thrown) ->
            loop.runOnContext(
                none -> {
                  request.resume();
                  if (thrown == null) {
                    admitKnown(request, path, place, proof);
                  } else {
                    fail(request, thrown);
                  }
                }));
  }

  private static void fail(HttpServerRequest request, Throwable thrown) {
    LOG.error("It cannot be told which servers a caller added", thrown);
    request
        .response()
        .setStatusCode(500)
        .end("The router cannot tell which servers you added; its log says why. Try again later.");
  }

  private void admitKnown(HttpServerRequest request, String path, Paths.Place place, Proof proof) {
    View view = catalog.resolve(place.view(), proof.caller());
    if (view != null) {
      serve(request, place.showing(view), proof);
      return;
    }
    Set<String> missing = catalog.missingScopes(place.view(), proof.caller());
    if (missing.isEmpty()) {
      request.response().setStatusCode(404).end(absent(place.view(), proof.caller()));
    } else {
      request
          .response()
          .putHeader(
              ResourceMetadata.WWW_AUTHENTICATE, front.metadata().insufficientScope(path, missing))
          .setStatusCode(403)
          .end("The token lacks " + String.join(", ", missing) + ".");
    }
  }

  private String absent(View view, Caller caller) {
    return switch (view) {
      case View.Server one -> {
        String reason = servers.servers().failed().get(one.name());
        String own = servers.own(caller).problem(one.name());
        if (reason == null && own == null) {
          yield "There is no server '" + one.name() + "'.";
        }
        yield own == null
            ? unusable(one.name(), String.valueOf(reason), caller)
            : "Your server '" + one.name() + "' cannot be used: " + own + ".";
      }
      case View.Toolset set -> "There is no toolset '" + set.name() + "'.";
      case View.Everything all -> "Nothing is served here.";
    };
  }

  private String unusable(String server, String reason, Caller caller) {
    String what = "The server '" + server + "' cannot be used";
    return front.disclosure().told(caller, what, what + ": " + reason);
  }

  private void serve(HttpServerRequest request, Paths.Place place, Proof proof) {
    switch (place.form()) {
      case STREAMABLE_HTTP -> streamable.handle(request, place.view(), proof);
      case SSE -> legacy.open(request, place, proof);
      case SSE_MESSAGES -> legacy.message(request, place, proof.caller());
      case WEBSOCKET -> websockets.open(request, place.view(), proof);
    }
  }
}
