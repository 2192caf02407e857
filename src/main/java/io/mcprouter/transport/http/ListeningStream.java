package io.mcprouter.transport.http;

import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.http.HttpClients.Purpose;
import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.InitializeResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream on which a server says what belongs to no request (transports, listening for
 * messages). It is opened again when it ends, more slowly each time it fails, for as long as the
 * session lives.
 */
final class ListeningStream extends EventStream {
  private static final Logger LOG = LoggerFactory.getLogger(ListeningStream.class);
  private static final long MAX_WAIT_MILLIS = 60_000;
  private static final long NO_TIMER = -1;

  private volatile boolean closed;
  private volatile @Nullable Context loop;
  private volatile long silence = NO_TIMER;
  private @Nullable HttpClientRequest unanswered;
  private long heardAt;
  private int failures;

  ListeningStream(HttpConnection connection) {
    super(connection);
  }

  /** Whether the server has anything to say outside of calls. */
  static boolean isWorthwhile(InitializeResult server, ConnectionOptions options) {
    return !options.capabilities().equals("{}")
        || server.has("tools", "listChanged")
        || server.has("prompts", "listChanged")
        || server.has("resources", "listChanged")
        || server.has("resources", "subscribe")
        || server.has("logging");
  }

  void open() {
    if (closed) {
      return;
    }
    connection.clients.use(
        Purpose.STREAM,
        client -> {
          loop = Vertx.currentContext();
          get(client, this::sending)
              .onSuccess(this::answered)
              .onFailure(
                  unreachable -> {
                    unanswered = null;
                    retryLater();
                  });
        });
  }

  private void sending(HttpClientRequest request) {
    unanswered = request;
    if (closed) {
      letGo();
    }
  }

  private void answered(HttpClientResponse response) {
    unanswered = null;
    if (closed) {
      HttpClients.letGo(response);
      return;
    }
    switch (response.statusCode()) {
      case 200 -> {
        failures = 0;
        read(response);
        heardAt = System.nanoTime();
        watch(connection.options.streamIdle());
      }
      case 404 -> {
        HttpClients.letGo(response);
        if (connection.head().hasSession()) {
          connection.sessionLost();
        }
      }
      case 405, 400, 406, 501 -> {
        LOG.debug("Server '{}': offers no listening stream", connection.options.server());
        HttpClients.letGo(response);
      }
      default -> {
        HttpClients.letGo(response);
        retryLater();
      }
    }
  }

  /** A connection that says nothing for so long may be one that no longer exists. */
  private void watch(Duration left) {
    silence =
        connection.clients.later(
            left.toMillis(),
            () -> {
              Duration silent = Duration.ofNanos(System.nanoTime() - heardAt);
              Duration still = connection.options.streamIdle().minus(silent);
              if (still.isPositive()) {
                watch(still);
              } else {
                breakOff();
              }
            });
  }

  @Override
  void heard() {
    heardAt = System.nanoTime();
  }

  @Override
  public void received(Frame message) {
    switch (message.kind()) {
      case NOTIFICATION -> connection.calls.notification(message, null);
      case REQUEST -> connection.calls.question(message, null);
      case RESULT, ERROR ->
          LOG.debug(
              "Server '{}': a reply on the listening stream was ignored",
              connection.options.server());
    }
  }

  @Override
  void ended() {
    retryLater();
  }

  @Override
  void tooLarge() {
    LOG.warn(
        "Server '{}': an event on its listening stream is too large", connection.options.server());
    retryLater();
  }

  private void retryLater() {
    connection.clients.cancel(silence);
    if (!closed) {
      long wait = Math.min(MAX_WAIT_MILLIS, retryMillis() << Math.min(failures++, 6));
      connection.clients.later(wait, this::open);
    }
  }

  void close() {
    closed = true;
    connection.clients.cancel(silence);
    Context home = loop;
    if (home != null) {
      home.runOnContext(none -> letGo());
    }
  }

  private void letGo() {
    HttpClientRequest waiting = unanswered;
    if (waiting != null) {
      waiting.reset();
    } else {
      breakOff();
    }
  }
}
