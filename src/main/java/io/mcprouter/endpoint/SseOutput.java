package io.mcprouter.endpoint;

import io.mcprouter.transport.spi.MessageBuffers;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;

/**
 * An event stream to a client. Safe from any thread; writing happens on the response's own event
 * loop.
 */
final class SseOutput extends OnOneLoop {
  private static final CharSequence EVENT_STREAM = HttpHeaders.createOptimized("text/event-stream");
  private static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");
  private static final CharSequence ACCEL = HttpHeaders.createOptimized("X-Accel-Buffering");
  private static final CharSequence NO = HttpHeaders.createOptimized("no");
  private static final Buffer COMMENT = Buffer.buffer(":\n\n");
  private static final int MOST_UNSENT_BYTES = 32 << 20;

  private final HttpServerResponse response;
  private boolean ended;
  private Runnable onEnd = () -> {};

  /** Must be made on the response's event loop. */
  SseOutput(Vertx vertx, HttpServerResponse response, long keepAliveMillis) {
    super(vertx);
    this.response = response;
    response.setChunked(true);
    response.putHeader(HttpHeaders.CONTENT_TYPE, EVENT_STREAM);
    response.putHeader(HttpHeaders.CACHE_CONTROL, NO_CACHE);
    response.putHeader(ACCEL, NO);
    response.setWriteQueueMaxSize(MOST_UNSENT_BYTES);
    long keepAliveTimer = vertx.setPeriodic(keepAliveMillis, timer -> write(COMMENT));
    response.endHandler(
        none -> {
          vertx.cancelTimer(keepAliveTimer);
          onEnd.run();
        });
    response.write("");
  }

  /**
   * Sets what runs when the stream is over, whoever ended it; a close handler would not hear of an
   * end of our own. To be called on the response's event loop.
   */
  void onEnd(Runnable action) {
    onEnd = action;
  }

  /** Writes a JSON message as an event that can be resumed behind. */
  void event(String id, byte[] message) {
    write("id: " + id + "\ndata: ", message);
  }

  /** Writes a JSON message as an event in the form of 2024-11-05. */
  void message(byte[] message) {
    write("event: message\ndata: ", message);
  }

  private void write(String start, byte[] message) {
    byte[] head = start.getBytes(StandardCharsets.US_ASCII);
    byte[] event = new byte[head.length + message.length + 2];
    System.arraycopy(head, 0, event, 0, head.length);
    System.arraycopy(message, 0, event, head.length, message.length);
    replaceLineBreaks(event, head.length, head.length + message.length);
    event[event.length - 2] = '\n';
    event[event.length - 1] = '\n';
    write(MessageBuffers.of(event));
  }

  /** A line break inside a message can only stand between tokens, where a blank says the same. */
  private static void replaceLineBreaks(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        bytes[i] = ' ';
      }
    }
  }

  /** Writes text in the format of event streams. */
  void raw(String text) {
    write(Buffer.buffer(text));
  }

  private void write(Buffer buffer) {
    run(
        () -> {
          if (ended || response.closed()) {
            return;
          }
          if (response.writeQueueFull()) {
            ended = true;
            response.reset(); // a client that does not read must not fill the router's memory
          } else {
            response.write(buffer);
          }
        });
  }

  void end() {
    run(
        () -> {
          if (!ended && !response.closed()) {
            ended = true;
            response.end();
          }
        });
  }
}
