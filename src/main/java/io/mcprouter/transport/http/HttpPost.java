package io.mcprouter.transport.http;

import io.mcprouter.transport.http.HttpClients.Purpose;
import io.mcprouter.transport.spi.Handshake;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.MessageBuffers;
import io.mcprouter.transport.spi.RemoteFailures;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A request whose answer is only a status: a notification, an answer to a server's request, the end
 * of a session.
 */
final class HttpPost {
  private final HttpConnection connection;
  private final byte[] message;
  private final Purpose purpose;

  private HttpPost(HttpConnection connection, byte[] message, Purpose purpose) {
    this.connection = connection;
    this.message = message;
    this.purpose = purpose;
  }

  static HttpPost of(HttpConnection connection, byte[] message) {
    return new HttpPost(connection, message, Purpose.MESSAGE);
  }

  /** The end of the handshake goes on the connection on which it began. */
  static HttpPost initialized(HttpConnection connection) {
    return new HttpPost(connection, Handshake.initialized().bytes(), Purpose.CALL);
  }

  /**
   * Completes when the server took the message; fails when it could not be delivered or was
   * refused.
   */
  CompletableFuture<Void> send() {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    connection.clients.use(
        purpose,
        client ->
            send(client)
                .recover(
                    cause ->
                        HttpClients.isBroken(cause) ? send(client) : Future.failedFuture(cause))
                .onComplete(done -> connection.clients.soon(() -> tell(sent, done))));
    return sent;
  }

  /**
   * A notification or an answer may arrive twice: it is sent again when a kept connection breaks.
   */
  private Future<Void> send(HttpClient client) {
    return AuthorizedRequest.send(connection, value -> attempt(client, value)).compose(this::taken);
  }

  private Future<HttpClientResponse> attempt(HttpClient client, @Nullable String authorization) {
    long limit = connection.options.initTimeout().toMillis();
    RequestOptions head;
    try {
      head = connection.head().post(authorization);
    } catch (McpFailure forbidden) {
      return Future.failedFuture(forbidden);
    }
    return HttpClients.request(client, head)
        .compose(request -> request.idleTimeout(limit).send(MessageBuffers.of(message)));
  }

  private void tell(CompletableFuture<Void> sent, AsyncResult<Void> done) {
    if (done.succeeded()) {
      sent.complete(null);
    } else {
      sent.completeExceptionally(
          RemoteFailures.unreachable(
              connection.options.server(), connection.target(), done.cause()));
    }
  }

  private Future<Void> taken(HttpClientResponse response) {
    response.resume();
    int status = response.statusCode();
    boolean taken = status / 100 == 2;
    McpFailure refused =
        RemoteFailures.status(connection.options.server(), connection.target(), status);
    return response
        .end()
        .recover(broken -> Future.succeededFuture())
        .compose(none -> taken ? Future.succeededFuture() : Future.failedFuture(refused));
  }

  /** Ends the session; a server that does not let clients do that answers 405, which is fine. */
  static CompletableFuture<Void> delete(HttpConnection connection, long limitMillis) {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    connection.clients.use(
        Purpose.MESSAGE,
        client ->
            AuthorizedRequest.send(
                    connection, value -> delete(connection, client, value, limitMillis))
                .compose(HttpClientResponse::end)
                .onComplete(done -> ended.complete(null)));
    return ended;
  }

  private static Future<HttpClientResponse> delete(
      HttpConnection connection,
      HttpClient client,
      @Nullable String authorization,
      long limitMillis) {
    try {
      RequestOptions delete = connection.head().delete(authorization);
      return HttpClients.request(client, delete.setIdleTimeout(limitMillis))
          .compose(HttpClientRequest::send);
    } catch (McpFailure forbidden) {
      return Future.failedFuture(forbidden);
    }
  }
}
