package io.mcprouter.transport.sse;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.RemoteFailures;
import io.mcprouter.transport.spi.RemoteRequests;
import io.mcprouter.transport.spi.RemoteTarget;
import io.mcprouter.transport.spi.Wire;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The messages that wait to be sent, and those whose POST is not answered yet.
 *
 * <p>The order is kept without waiting where there is nothing to wait for: a message is written
 * when the one before it is written. A notification or a reply is waited for until the server has
 * taken it, since what follows may build on it. The answer to a request's POST is not waited for:
 * some servers give it only when the request has been carried out.
 *
 * <p>State belongs to the wire's context; {@link #add} hops there.
 */
final class PostQueue {
  private static final int MOST_UNANSWERED = 64;
  private static final int LARGEST_ANSWER = 64 << 10;

  private final Context context;
  private final HttpClient client;
  private final RemoteTarget address;
  private final ConnectionOptions options;
  private final Wire.Listener listener;
  private final Queue<byte[]> waiting = new ArrayDeque<>();
  private final Set<HttpClientRequest> unanswered = new HashSet<>();
  private final AtomicLong queuedBytes = new AtomicLong();
  private boolean busy;
  private volatile boolean closed;

  PostQueue(
      Context context,
      HttpClient client,
      RemoteTarget address,
      ConnectionOptions options,
      Wire.Listener listener) {
    this.context = context;
    this.client = client;
    this.address = address;
    this.options = options;
    this.listener = listener;
  }

  /** See {@link Wire#send}. */
  boolean add(byte[] message) {
    if (closed) {
      return false;
    }
    if (queuedBytes.addAndGet(message.length) > options.limits().maxQueuedBytes()) {
      queuedBytes.addAndGet(-message.length);
      return false;
    }
    context.runOnContext(
        none -> {
          waiting.add(message);
          next();
        });
    return true;
  }

  private void next() {
    if (busy || closed || unanswered.size() >= MOST_UNANSWERED) {
      return;
    }
    byte[] message = waiting.poll();
    if (message != null) {
      busy = true;
      post(message);
    }
  }

  private void post(byte[] message) {
    RequestOptions request;
    try {
      request = RemoteRequests.address(options.server(), address, new RequestOptions());
    } catch (McpFailure failure) {
      written(message);
      refused(message, failure);
      return;
    }
    boolean mayBeFollowed = isRequest(message);
    request
        .setMethod(HttpMethod.POST)
        .setConnectTimeout(options.initTimeout().toMillis())
        .setIdleTimeout((mayBeFollowed ? options.streamIdle() : options.initTimeout()).toMillis());
    request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
    client
        .request(request)
        .onFailure(
            cause -> {
              written(message);
              refused(message, RemoteFailures.unreachable(options.server(), address, cause));
            })
        .onSuccess(connected -> write(connected, message, mayBeFollowed));
  }

  private void write(HttpClientRequest request, byte[] message, boolean mayBeFollowed) {
    if (closed) {
      request.exceptionHandler(reset -> {}).reset(); // which is an exception for Vert.x
      return;
    }
    unanswered.add(request);
    Future<Void> end = request.end(Buffer.buffer(message));
    if (mayBeFollowed) {
      end.onComplete(done -> written(message));
    }
    request
        .response()
        .onComplete(
            answer -> {
              unanswered.remove(request);
              if (answer.succeeded()) {
                answered(message, answer.result());
              } else {
                refused(message, unanswered());
              }
              if (mayBeFollowed) {
                next();
              } else {
                written(message);
              }
            });
  }

  /** The next message may follow. */
  private void written(byte[] message) {
    queuedBytes.addAndGet(-message.length);
    busy = false;
    next();
  }

  private void answered(byte[] message, HttpClientResponse response) {
    drain(response);
    int status = response.statusCode();
    if (status / 100 == 2) {
      return;
    }
    boolean unknown = status == 404 || status == 410;
    refused(
        message,
        unknown
            ? failure(McpFailure.Kind.SESSION_LOST, "it no longer knows the session")
            : failure(
                isUntouched(status) ? McpFailure.Kind.UNAVAILABLE : McpFailure.Kind.CONNECTION_LOST,
                "it did not take the message: it " + RemoteFailures.answered(status)));
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

  private void refused(byte[] message, McpFailure reason) {
    if (!closed) {
      listener.refused(message, reason);
    }
  }

  private McpFailure unanswered() {
    return McpFailure.connectionLost(
        options.server(), address.hostAndPort() + " gave no answer to the message's POST");
  }

  private McpFailure failure(McpFailure.Kind kind, String what) {
    return McpFailure.of(kind, options.server(), what);
  }

  private static boolean isRequest(byte[] message) {
    try {
      return Frame.parse(message, Integer.MAX_VALUE).isRequest();
    } catch (MalformedMessage e) {
      return false;
    }
  }

  void close() {
    closed = true;
    waiting.clear();
    Set.copyOf(unanswered).forEach(HttpClientRequest::reset);
    unanswered.clear();
  }
}
