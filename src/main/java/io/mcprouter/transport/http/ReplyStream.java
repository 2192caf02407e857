package io.mcprouter.transport.http;

import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.http.HttpClients.Purpose;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpFailure;
import io.vertx.core.http.HttpClientResponse;

/**
 * The events that answer a request: what the server says within the call, then the reply. A stream
 * that ends before the reply is taken up again behind the last event that had an id (transports,
 * resumability).
 */
final class ReplyStream extends EventStream {
  private static final int MOST_RESUMPTIONS = 20;

  /** A server ends the stream behind the reply; one that forgets to must not hold it. */
  private static final long LINGER_MILLIS = 1_000;

  private final HttpCall http;
  private final McpCall call;
  private int resumptions;

  ReplyStream(HttpConnection connection, HttpCall http, McpCall call) {
    super(connection);
    this.http = http;
    this.call = call;
  }

  @Override
  public void received(Frame message) {
    switch (message.kind()) {
      case NOTIFICATION, REQUEST -> http.meanwhile(message);
      case RESULT, ERROR -> {
        if (http.answers(message)) {
          http.complete(message);
          connection.clients.later(LINGER_MILLIS, this::breakOff);
        }
      }
    }
  }

  @Override
  void tooLarge() {
    http.fail(
        McpFailure.tooMuchSaid(
            connection.options.server(),
            "an event of it is larger than "
                + connection.options.limits().maxMessageBytes()
                + " bytes"));
  }

  @Override
  void ended() {
    http.answerEnded();
    if (http.isOver()) {
      return;
    }
    if (lastEventId() == null || ++resumptions > MOST_RESUMPTIONS) {
      http.fail(
          McpFailure.connectionLost(
              connection.options.server(), "the stream of its answer ended before the answer"));
    } else {
      if (isPolled()) {
        call.polled(retryMillis());
      }
      connection.clients.later(retryMillis(), this::resume);
    }
  }

  private void resume() {
    if (http.isOver()) {
      return;
    }
    connection.clients.use(
        Purpose.STREAM,
        client ->
            get(client, http::goesOnIn).onSuccess(this::resumed).onFailure(unreachable -> ended()));
  }

  private void resumed(HttpClientResponse opened) {
    if (http.isOver()) {
      HttpClients.letGo(opened);
    } else if (opened.statusCode() == 200) {
      read(opened);
    } else {
      HttpClients.letGo(opened);
      http.fail(
          McpFailure.connectionLost(
              connection.options.server(),
              "the stream of its answer broke and cannot be resumed (HTTP "
                  + opened.statusCode()
                  + ")"));
    }
  }
}
