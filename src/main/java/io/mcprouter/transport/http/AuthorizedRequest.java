package io.mcprouter.transport.http;

import io.mcprouter.transport.spi.Attempts;
import io.mcprouter.transport.spi.Authorization;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request that carries the caller's right to use the server, and goes out again where the server
 * refuses that right and another one is to be had. Lives on the event loop that made it.
 */
final class AuthorizedRequest {
  private final Attempts attempts;
  private final Function<@Nullable String, Future<HttpClientResponse>> attempt;
  private final Runnable refused;

  /**
   * Made for one request.
   *
   * @param attempt sends the request with the value of {@code Authorization}
   * @param refused hears that an attempt was refused
   */
  AuthorizedRequest(
      HttpConnection connection,
      Authorization right,
      Function<@Nullable String, Future<HttpClientResponse>> attempt,
      Runnable refused) {
    Context loop = Objects.requireNonNull(Vertx.currentContext(), "requests begin on a loop");
    this.attempts = new Attempts(connection.options.server(), right, loop);
    this.attempt = attempt;
    this.refused = refused;
  }

  /** Sends a request with the right of its target, if it has one. */
  static Future<HttpClientResponse> send(
      HttpConnection connection, Function<@Nullable String, Future<HttpClientResponse>> attempt) {
    Authorization right = connection.target().authorization();
    return right == null
        ? attempt.apply(null)
        : new AuthorizedRequest(connection, right, attempt, () -> {}).send();
  }

  /** The answer that counts; fails where there is none, or where the user must act first. */
  Future<HttpClientResponse> send() {
    return attempts.next().compose(attempt).compose(this::judged);
  }

  private Future<HttpClientResponse> judged(HttpClientResponse answer) {
    if (!attempts.mayRepeat(answer.statusCode(), answer.headers())) {
      return Future.succeededFuture(answer);
    }
    HttpClients.letGo(answer);
    refused.run();
    return attempts.refused(answer.statusCode(), answer.headers()).compose(remedied -> send());
  }
}
