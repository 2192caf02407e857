package io.mcprouter.transport.sse;

import io.mcprouter.transport.spi.Attempts;
import io.mcprouter.transport.spi.Authorization;
import io.mcprouter.transport.spi.Departures;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.MessageBuffers;
import io.mcprouter.transport.spi.RemoteFailures;
import io.mcprouter.transport.spi.RemoteTarget;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import org.jspecify.annotations.Nullable;

/**
 * One message's way to the server: a POST, and another one where the server refuses the caller's
 * right and a new one is to be had. Lives on the wire's context.
 */
final class Delivery {
  private static final int LARGEST_ANSWER = 64 << 10;

  private final PostQueue queue;
  private final Outgoing message;
  private final RemoteTarget target;
  private final @Nullable Attempts attempts;
  private boolean isWritten;

  Delivery(PostQueue queue, Outgoing message, RemoteTarget target) {
    this.queue = queue;
    this.message = message;
    this.target = target;
    Authorization right = target.authorization();
    this.attempts = right == null ? null : new Attempts(queue.server(), right, queue.context());
  }

  void start() {
    if (attempts == null) {
      attempt(null);
    } else {
      attempts.next().onSuccess(this::attempt).onFailure(this::unreachable);
    }
  }

  private void attempt(@Nullable String authorization) {
    RequestOptions head;
    try {
      head = queue.head(message, authorization);
    } catch (McpFailure failure) {
      fail(failure);
      return;
    }
    queue
        .client()
        .request(head)
        .onFailure(this::unreachable)
        .onSuccess(connected -> write(Departures.expect(connected)));
  }

  private void write(HttpClientRequest request) {
    if (queue.isClosed()) {
      request.exceptionHandler(reset -> {}).reset(); // which is an exception for Vert.x
      return;
    }
    queue.opened(request);
    Future<Void> end = request.end(MessageBuffers.of(message.message()));
    if (message.isRequest()) {
      end.onComplete(done -> written());
    }
    request
        .response()
        .onSuccess(
            answer -> {
              queue.ended(request);
              judged(answer);
            })
        .onFailure(
            broken -> {
              queue.ended(request);
              fail(unanswered());
            });
  }

  /** Takes the answer, unless it refuses the caller's right and another one is to be had. */
  private void judged(HttpClientResponse answer) {
    int status = answer.statusCode();
    if (attempts == null || !attempts.mayRepeat(status, answer.headers())) {
      answered(answer);
      return;
    }
    answer.exceptionHandler(reset -> {}).request().reset();
    attempts
        .refused(status, answer.headers())
        .onSuccess(remedied -> start())
        .onFailure(this::unreachable);
  }

  private void answered(HttpClientResponse response) {
    drain(response);
    int status = response.statusCode();
    if (status / 100 == 2) {
      done();
    } else if (status == 404 || status == 410) {
      fail(failure(McpFailure.Kind.SESSION_LOST, "it no longer knows the session"));
    } else {
      fail(
          failure(
              isUntouched(status) ? McpFailure.Kind.UNAVAILABLE : McpFailure.Kind.CONNECTION_LOST,
              "it did not take the message: it " + RemoteFailures.answered(status)));
    }
  }

  /** Whether a server that answers so did not act on the message. */
  private static boolean isUntouched(int status) {
    return status < 500 || status == 503;
  }

  /** What an answer to a POST holds means nothing, but the connection is free only behind it. */
  private static void drain(HttpClientResponse response) {
    int[] seen = new int[1];
    response.exceptionHandler(broken -> {});
    response.handler(
        chunk -> {
          seen[0] += chunk.length();
          if (seen[0] > LARGEST_ANSWER) {
            response.request().reset();
          }
        });
  }

  private void unreachable(Throwable cause) {
    fail(queue.unreachable(cause));
  }

  private void fail(McpFailure reason) {
    queue.refused(message, reason);
    done();
  }

  private void done() {
    written();
    queue.next();
  }

  /** The next message may follow; of the attempts the first to be written counts. */
  private void written() {
    if (!isWritten) {
      isWritten = true;
      queue.written(message);
    }
  }

  private McpFailure unanswered() {
    return McpFailure.connectionLost(
        queue.server(), target.hostAndPort() + " gave no answer to the message's POST");
  }

  private McpFailure failure(McpFailure.Kind kind, String what) {
    return McpFailure.of(kind, queue.server(), what);
  }
}
