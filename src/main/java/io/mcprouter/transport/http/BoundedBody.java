package io.mcprouter.transport.http;

import io.mcprouter.transport.spi.McpFailure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Collects a response's body into one array, in one copy where its length is known and usual, and
 * never beyond the bound.
 */
final class BoundedBody {
  private static final int UNKNOWN_LENGTH = 8 << 10;
  private static final int LARGEST_FIRST_ROOM = 64 << 10;
  private static final int GROWTH = 4;

  private final HttpClientResponse response;
  private final int bound;
  private final int most;
  private final Consumer<Broken> broken;
  private byte[] bytes;
  private int length;
  private boolean over;

  private BoundedBody(
      HttpClientResponse response, int bound, long declared, Consumer<Broken> broken) {
    this.response = response;
    this.bound = bound;
    this.most = declared < 0 ? bound : (int) Math.min(declared, bound);
    this.broken = broken;
    this.bytes = new byte[firstRoom(declared)];
  }

  /** What a server only says about its answer's length costs no more than that. */
  static int firstRoom(long declared) {
    return declared < 0 ? UNKNOWN_LENGTH : (int) Math.min(declared, LARGEST_FIRST_ROOM);
  }

  static void read(
      HttpClientResponse response, int bound, Consumer<byte[]> whole, Consumer<Broken> broken) {
    long declared = declaredLength(response);
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
      long room = Math.min(most, (long) GROWTH * bytes.length);
      bytes = Arrays.copyOf(bytes, (int) Math.max(needed, room));
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
