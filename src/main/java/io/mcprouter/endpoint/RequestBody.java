package io.mcprouter.endpoint;

import io.mcprouter.transport.spi.BodyBytes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.function.Consumer;

/** Reads a request's body up to the bound. */
final class RequestBody {
  private static final long LINGER_MILLIS = 1_000;

  private RequestBody() {}

  /**
   * Reads the body; one that is too large is answered with 413, one that does not come in time with
   * 408.
   */
  static void read(
      Vertx vertx,
      HttpServerRequest request,
      int bound,
      BodyDeadline deadline,
      Consumer<byte[]> whole) {
    long declared = BodyBytes.declaredLength(request.getHeader(HttpHeaders.CONTENT_LENGTH));
    if (declared > bound) {
      refuse(vertx, request, bound);
      return;
    }
    BodyBytes body = new BodyBytes(declared, bound);
    deadline.begins(request);
    request.exceptionHandler(broken -> deadline.ends(request));
    request.handler(
        piece -> {
          if (!body.add(piece)) {
            deadline.ends(request);
            refuse(vertx, request, bound);
          }
        });
    request.endHandler(
        none -> {
          deadline.ends(request);
          whole.accept(body.whole());
        });
  }

  private static void refuse(Vertx vertx, HttpServerRequest request, int bound) {
    request.handler(unwanted -> {});
    request.endHandler(none -> {});
    if (request.version() != HttpVersion.HTTP_2) { // which ends a stream, and not the connection
      closeSoon(vertx, request);
    }
    request.response().setStatusCode(413).end("A message may have at most " + bound + " bytes.");
  }

  /**
   * Closes behind the body, or when it goes on for too long. Closing at once would reset the
   * connection of a client that still sends, which then may never read the answer (RFC 9112, 9.6).
   */
  private static void closeSoon(Vertx vertx, HttpServerRequest request) {
    HttpConnection connection = request.connection();
    request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    request.endHandler(none -> connection.close());
    vertx.setTimer(LINGER_MILLIS, late -> connection.close());
  }
}
