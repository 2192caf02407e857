package io.mcprouter.transport.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * One HTTP client for each event loop, so that a call which comes in on a loop goes out and comes
 * back on the same one. Callers from elsewhere are moved to a loop of the component's own.
 */
final class HttpClients {
  private final Vertx vertx;
  private final HttpClientOptions options;
  private final Context home;
  private final String key = "mcp-http.client@" + System.identityHashCode(this);
  private final Map<Context, HttpClient> clients = new ConcurrentHashMap<>();

  HttpClients(Vertx vertx, HttpClientOptions options) {
    this.vertx = vertx;
    this.options = options;
    this.home = vertx.getOrCreateContext();
  }

  /**
   * Runs {@code action} with the client of this thread's event loop, or on the component's own
   * loop.
   */
  void use(Consumer<HttpClient> action) {
    Context current = Vertx.currentContext();
    if (current != null && current.isEventLoopContext() && current.owner() == vertx) {
      action.accept(client(current));
    } else {
      home.runOnContext(none -> action.accept(client(home)));
    }
  }

  private HttpClient client(Context context) {
    HttpClient client = context.get(key);
    if (client == null) {
      client = vertx.createHttpClient(new HttpClientOptions(options));
      clients.put(context, client);
      context.put(key, client);
    }
    return client;
  }

  /** Begins a request; the future fails also where the client is closed already. */
  static Future<HttpClientRequest> request(HttpClient client, RequestOptions options) {
    return Future.succeededFuture(options).compose(client::request);
  }

  /** Whether the connection broke, as it does when the server closes it. */
  static boolean isBroken(Throwable cause) {
    return cause instanceof HttpClosedException || cause instanceof IOException;
  }

  /** Closes what carries an answer that nobody wants any more. */
  static void letGo(HttpClientResponse answer) {
    answer.exceptionHandler(reset -> {}); // Vert.x reports the reset as a failure
    answer.request().reset();
  }

  /** Runs {@code action} when the loop has put the connection of an answer back. */
  void soon(Runnable action) {
    vertx.runOnContext(none -> action.run());
  }

  /** Runs {@code action} later, unless the timer that is returned is cancelled before. */
  long later(long millis, Runnable action) {
    return vertx.setTimer(millis, timer -> action.run());
  }

  void cancel(long timer) {
    vertx.cancelTimer(timer);
  }

  void close() {
    clients.values().forEach(HttpClient::close);
    clients.clear();
  }
}
