package io.mcprouter.transport.http;

import io.mcprouter.transport.spi.Departures;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * HTTP clients for each event loop, so that a call which comes in on a loop goes out and comes back
 * on the same one. Callers from elsewhere are moved to a loop of the component's own.
 *
 * <p>Calls, what is said besides, and streams that stay open have connections of their own: slow
 * calls must not hold up the answers that they wait for, nor idle streams any call.
 */
final class HttpClients {
  private final Vertx vertx;
  private final HttpClientOptions options;
  private final Pools pools;
  private final Context home;
  private final String key = "mcp-http.client@" + System.identityHashCode(this);
  private final Collection<HttpClient> clients = new ConcurrentLinkedQueue<>();

  /** Used from all loops: it is large, and what a stream brings costs a hop now and then. */
  private final HttpClient streams;

  HttpClients(Vertx vertx, HttpClientOptions options, Pools pools) {
    this.vertx = vertx;
    this.options = options;
    this.pools = pools;
    this.home = vertx.getOrCreateContext();
    this.streams = client(pools.streams);
  }

  /** How many connections to one host each kind of request may hold. */
  record Pools(PoolOptions calls, PoolOptions messages, PoolOptions streams) {}

  /** What a request is for. */
  enum Purpose {
    /** A request that waits for its answer for as long as the server works. */
    CALL,
    /** Something short: a notification, an answer to the server, the end of a session. */
    MESSAGE,
    /** A GET whose answer stays open. */
    STREAM
  }

  private record OfLoop(HttpClient calls, HttpClient messages) {}

  /** Runs {@code action} with a client on this thread's event loop, or on the component's own. */
  void use(Purpose purpose, Consumer<HttpClient> action) {
    Context current = Vertx.currentContext();
    if (current != null && current.isEventLoopContext() && current.owner() == vertx) {
      action.accept(client(purpose, current));
    } else {
      home.runOnContext(none -> action.accept(client(purpose, home)));
    }
  }

  private HttpClient client(Purpose purpose, Context context) {
    return switch (purpose) {
      case CALL -> ofLoop(context).calls;
      case MESSAGE -> ofLoop(context).messages;
      case STREAM -> streams;
    };
  }

  private OfLoop ofLoop(Context context) {
    OfLoop known = context.get(key);
    if (known == null) {
      known = new OfLoop(client(pools.calls), client(pools.messages));
      context.put(key, known);
    }
    return known;
  }

  private HttpClient client(PoolOptions pool) {
    HttpClient client =
        vertx
            .httpClientBuilder()
            .with(new HttpClientOptions(options))
            .with(pool)
            .withConnectHandler(Departures::expect)
            .build();
    clients.add(client);
    return client;
  }

  /** Begins a request; the future fails also where the client is closed already. */
  static Future<HttpClientRequest> request(HttpClient client, RequestOptions options) {
    try {
      return client.request(options).map(Departures::expect);
    } catch (IllegalStateException closed) {
      return Future.failedFuture(closed);
    }
  }

  /** Whether the connection broke, as it does when the server closes it. */
  static boolean isBroken(Throwable cause) {
    return cause instanceof HttpClosedException || cause instanceof IOException;
  }

  /** Closes what carries an answer that nobody wants any more and that has not ended. */
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
    return vertx.setTimer(Math.max(1, millis), timer -> action.run());
  }

  void cancel(long timer) {
    vertx.cancelTimer(timer);
  }

  void close() {
    clients.forEach(HttpClient::close);
    clients.clear();
  }
}
