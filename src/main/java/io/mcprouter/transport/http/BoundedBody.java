package io.mcprouter.transport.http;

import io.mcprouter.transport.spi.BodyBytes;
import io.mcprouter.transport.spi.McpFailure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.util.function.Consumer;

/** Reads a response's body up to the bound. */
final class BoundedBody extends BodyBytes {
  private final HttpClientResponse response;
  private final int bound;
  private final Consumer<Broken> broken;
  private boolean over;

  private BoundedBody(
      HttpClientResponse response, int bound, long declared, Consumer<Broken> broken) {
    super(declared, bound);
    this.response = response;
    this.bound = bound;
    this.broken = broken;
  }

  static void read(
      HttpClientResponse response, int bound, Consumer<byte[]> whole, Consumer<Broken> broken) {
    long declared = declaredLength(response.getHeader(HttpHeaders.CONTENT_LENGTH));
    BoundedBody body = new BoundedBody(response, bound, declared, broken);
    if (declared > bound) {
      body.tooLarge();
      return;
    }
    response.exceptionHandler(cause -> body.end(new Broken(false, bound)));
    response.endHandler(
        none -> {
          if (!body.over) {
            body.over = true;
            whole.accept(body.whole());
          }
        });
    response.handler(body::take);
  }

  private void take(Buffer piece) {
    if (!over && !add(piece)) {
      tooLarge();
    }
  }

  private void tooLarge() {
    end(new Broken(true, bound)); // first: what is reset is broken too
    HttpClients.letGo(response);
  }

  private void end(Broken reason) {
    if (!over) {
      over = true;
      broken.accept(reason);
    }
  }

  /** Why there is no body. */
  record Broken(boolean tooLarge, int bound) {
    McpFailure failure(String server) {
      return tooLarge
          ? McpFailure.tooMuchSaid(server, "its answer is larger than " + bound + " bytes")
          : McpFailure.connectionLost(
              server, "it closed the connection in the middle of its answer");
    }
  }
}
