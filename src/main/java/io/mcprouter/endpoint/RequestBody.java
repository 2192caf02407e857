package io.mcprouter.endpoint;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Collects a request's body into one array, in one copy where its length is declared, and never
 * beyond the bound.
 */
final class RequestBody {
  private static final int UNKNOWN_LENGTH = 4 << 10;

  private final int bound;
  private byte[] bytes;
  private int length;
  private boolean tooLarge;

  private RequestBody(int expected, int bound) {
    this.bound = bound;
    this.bytes = new byte[expected];
  }

  /** Reads the body; one that is too large is answered with 413. */
  static void read(HttpServerRequest request, int bound, Consumer<byte[]> whole) {
    long declared = declaredLength(request);
    if (declared > bound) {
      refuse(request, bound);
      return;
    }
    RequestBody body =
        new RequestBody(declared < 0 ? Math.min(UNKNOWN_LENGTH, bound) : (int) declared, bound);
    request.handler(
        chunk -> {
          if (!body.tooLarge && !body.add(chunk)) {
            refuse(request, bound);
          }
        });
    request.endHandler(
        none -> {
          if (!body.tooLarge) {
            whole.accept(body.trimmed());
          }
        });
  }

  private static long declaredLength(HttpServerRequest request) {
    String header = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return header == null ? -1 : Long.parseLong(header);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static void refuse(HttpServerRequest request, int bound) {
    request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    request.response().setStatusCode(413).end("A message may have at most " + bound + " bytes.");
  }

  private boolean add(Buffer chunk) {
    int needed = length + chunk.length();
    if (needed > bound) {
      tooLarge = true;
      return false;
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(bound, Math.max(needed, bytes.length * 2)));
    }
    chunk.getBytes(bytes, length);
    length = needed;
    return true;
  }

  private byte[] trimmed() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }
}
