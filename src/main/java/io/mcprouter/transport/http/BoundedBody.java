package io.mcprouter.transport.http;

import io.mcprouter.transport.spi.McpFailure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Collects a response's body into one array, in one copy where its length is known, and never
 * beyond the bound.
 */
final class BoundedBody {
  private static final int UNKNOWN_LENGTH = 8 << 10;

  private final HttpClientResponse response;
  private final int bound;
  private final Consumer<Broken> broken;
  private byte[] bytes;
  private int length;
  private boolean over;

  private BoundedBody(
      HttpClientResponse response, int bound, int expected, Consumer<Broken> broken) {
    this.response = response;
    this.bound = bound;
    this.broken = broken;
    this.bytes = new byte[expected];
  }

  static void read(
      HttpClientResponse response, int bound, Consumer<byte[]> whole, Consumer<Broken> broken) {
    long declared = declaredLength(response);
    int expected = declared < 0 ? UNKNOWN_LENGTH : (int) Math.min(declared, bound);
    BoundedBody body = new BoundedBody(response, bound, expected, broken);
    if (declared > bound) {
      body.tooLarge();
      return;
    }
    response.exceptionHandler(cause -> body.end(new Broken(false, bound)));
    response.endHandler(
        none -> {
          if (!body.over) {
            body.over = true;
            whole.accept(body.trimmed());
          }
        });
    response.handler(body::add);
  }

  private static long declaredLength(HttpClientResponse response) {
    String header = response.getHeader("Content-Length");
    try {
      return header == null ? -1 : Long.parseLong(header);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private void add(Buffer chunk) {
    if (over) {
      return;
    }
    int needed = length + chunk.length();
    if (needed > bound) {
      tooLarge();
      return;
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(bound, Math.max(needed, bytes.length * 2)));
    }
    chunk.getBytes(bytes, length);
    length = needed;
  }

  private byte[] trimmed() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
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
          ? McpFailure.limit(server, "its answer is larger than " + bound + " bytes")
          : McpFailure.connectionLost(
              server, "it closed the connection in the middle of its answer");
    }
  }
}
