package io.mcprouter.transport.http;

import io.mcprouter.protocol.Batch;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.SseParser;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream of events from a server, and where it can be taken up again. Lives on one event loop.
 */
abstract class EventStream implements SseParser.Sink, Batch.Receiver {
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
  private static final long DEFAULT_RETRY_MILLIS = 1_000;
  private static final long MIN_RETRY_MILLIS = 100;
  private static final long MAX_RETRY_MILLIS = 60_000;

  final HttpConnection connection;
  private @Nullable String lastEventId;
  private long retryMillis = DEFAULT_RETRY_MILLIS;
  private boolean namedRetry;
  private boolean broken;

  /** Null where no answer is open: its connection may be another's then. */
  private @Nullable HttpClientResponse reading;

  EventStream(HttpConnection connection) {
    this.connection = connection;
  }

  /** Something arrived, and be it a comment. */
  void heard() {}

  /** A message arrived. */
  @Override
  public abstract void received(Frame message);

  /** The stream is over; not called after {@link #tooLarge()}. */
  abstract void ended();

  /** An event is larger than allowed; the stream was closed. */
  abstract void tooLarge();

  @Nullable String lastEventId() {
    return lastEventId;
  }

  /** How long the server wants clients to wait before they resume. */
  long retryMillis() {
    return retryMillis;
  }

  /**
   * Whether the server ended the stream itself and had said when it wants to be asked for the rest:
   * it is polled, and nothing went wrong.
   */
  boolean isPolled() {
    return namedRetry && !broken;
  }

  void read(HttpClientResponse response) {
    SseParser parser = new SseParser(connection.options.limits().maxMessageBytes(), this);
    reading = response;
    response.exceptionHandler(cause -> end(response, true));
    response.endHandler(none -> end(response, false));
    response.handler(chunk -> feed(parser, chunk, response));
  }

  /** Ends the stream, if it goes on. */
  void breakOff() {
    HttpClientResponse open = reading;
    if (open != null) {
      open.request().reset();
    }
  }

  private void feed(SseParser parser, Buffer chunk, HttpClientResponse response) {
    if (reading != response) {
      return;
    }
    heard();
    byte[] bytes = chunk.getBytes();
    try {
      parser.feed(bytes, 0, bytes.length);
    } catch (SseParser.TooLarge e) {
      reading = null;
      HttpClients.letGo(response);
      tooLarge();
    }
  }

  private void end(HttpClientResponse response, boolean brokeOff) {
    if (reading == response) {
      reading = null;
      broken = brokeOff;
      ended();
    }
  }

  @Override
  public void event(String name, @Nullable String id, byte[] data) {
    if (id != null) {
      lastEventId = id.isEmpty() ? null : id;
    }
    if (data.length == 0) {
      return;
    }
    try {
      Batch.read(data, connection.options.limits().maxDepth(), this);
    } catch (MalformedMessage e) {
      LOG.warn(
          "Server '{}': an event of {} bytes is no JSON-RPC message and was skipped",
          connection.options.server(),
          data.length);
    }
  }

  @Override
  public void retry(long millis) {
    retryMillis = Math.clamp(millis, MIN_RETRY_MILLIS, MAX_RETRY_MILLIS);
    namedRetry = true;
  }

  /** Opens the stream, or the rest of it; the future fails where there is no response. */
  Future<HttpClientResponse> get(HttpClient client, Consumer<HttpClientRequest> opened) {
    return AuthorizedRequest.send(connection, value -> get(client, value, opened));
  }

  private Future<HttpClientResponse> get(
      HttpClient client, @Nullable String authorization, Consumer<HttpClientRequest> opened) {
    RequestOptions get;
    try {
      get = connection.head().get(lastEventId, authorization);
    } catch (McpFailure unusable) {
      return Future.failedFuture(unusable);
    }
    return HttpClients.request(
            client, get.setIdleTimeout(connection.options.streamIdle().toMillis()))
        .compose(
            request -> {
              opened.accept(request);
              return request.send();
            });
  }
}
