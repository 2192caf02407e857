package io.mcprouter.endpoint;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Gives up on requests whose bodies do not come, whose senders would hold connections for as long
 * as they like. Lives on one event loop, and looks at all of them now and then: a timer for each
 * request would cost every call.
 */
final class BodyDeadline {
  private static final int ROUNDS = 4;
  private static final long NO_ERROR = 0;

  private final Duration limit;
  private final IdentityHashMap<HttpServerRequest, Long> awaited = new IdentityHashMap<>();
  private Long round = 0L; // one object for all requests of a round

  BodyDeadline(Vertx vertx, Duration limit) {
    this.limit = limit;
    vertx.setPeriodic(Math.max(1, limit.toMillis() / ROUNDS), timer -> nextRound());
  }

  /** A body is waited for. */
  void begins(HttpServerRequest request) {
    awaited.put(request, round);
  }

  /** The body is there, or will not come any more. */
  void ends(HttpServerRequest request) {
    awaited.remove(request);
  }

  /** How many bodies are waited for. */
  int awaited() {
    return awaited.size();
  }

  private void nextRound() {
    round++;
    List<HttpServerRequest> late = new ArrayList<>();
    awaited.forEach(
        (request, begun) -> {
          if (round - begun > ROUNDS) {
            late.add(request);
          }
        });
    late.forEach(this::refuse);
  }

  private void refuse(HttpServerRequest late) {
    awaited.remove(late);
    if (late.response().ended() || late.response().closed()) {
      return;
    }
    late.handler(unwanted -> {});
    late.endHandler(none -> {});
    boolean shared = late.version() == HttpVersion.HTTP_2; // by other requests
    if (!shared) {
      late.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    late.response()
        .setStatusCode(408)
        .end("The request's body did not come within " + limit.toSeconds() + " s.")
        .onComplete(sent -> letGo(late, shared));
  }

  private static void letGo(HttpServerRequest late, boolean shared) {
    if (shared) {
      late.response().reset(NO_ERROR);
    } else {
      late.connection().close();
    }
  }
}
