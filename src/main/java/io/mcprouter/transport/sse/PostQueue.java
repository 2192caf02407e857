package io.mcprouter.transport.sse;

import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.PinnedAddress;
import io.mcprouter.transport.spi.RemoteFailures;
import io.mcprouter.transport.spi.RemoteRequests;
import io.mcprouter.transport.spi.RemoteTarget;
import io.mcprouter.transport.spi.Wire;
import io.vertx.core.Context;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The messages that wait to be sent, and those whose POST is not answered yet.
 *
 * <p>The order is kept without waiting where there is nothing to wait for: a message is written
 * when the one before it is written. A notification or a reply is waited for until the server has
 * taken it, since what follows may build on it. The answer to a request's POST is not waited for:
 * some servers give it only when the request has been carried out. Only where very many requests
 * are unanswered do further ones wait, and what is no request passes them.
 *
 * <p>State belongs to the wire's context; {@link #add} hops there.
 */
final class PostQueue {
  private static final int MOST_UNANSWERED = 64;

  private final Context context;
  private final HttpClient client;
  private final RemoteTarget target;
  private final PinnedAddress address;
  private final ConnectionOptions options;
  private final Wire.Listener listener;
  private final Queue<Outgoing> waiting = new ArrayDeque<>();
  private final Set<HttpClientRequest> unanswered = new HashSet<>();
  private final AtomicLong queuedBytes = new AtomicLong();
  private boolean busy;
  private volatile boolean closed;

  PostQueue(
      Context context,
      HttpClient client,
      RemoteTarget target,
      PinnedAddress address,
      ConnectionOptions options,
      Wire.Listener listener) {
    this.context = context;
    this.client = client;
    this.target = target;
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
          take(Outgoing.of(message));
          next();
        });
    return true;
  }

  /** What is cancelled before it was sent is never sent, and the server need not know. */
  private void take(Outgoing message) {
    if (message.isCancellation()) {
      for (Iterator<Outgoing> others = waiting.iterator(); others.hasNext(); ) {
        Outgoing other = others.next();
        if (other.isCancelledBy(message)) {
          others.remove();
          queuedBytes.addAndGet(-other.length() - message.length());
          return;
        }
      }
    }
    waiting.add(message);
  }

  void next() {
    if (busy || closed) {
      return;
    }
    Outgoing message = sendable();
    if (message != null) {
      busy = true;
      post(message);
    }
  }

  /**
   * Only requests wait for the answers to others: those answers may in turn wait for what the
   * router replies, or for a cancellation.
   */
  private @Nullable Outgoing sendable() {
    if (unanswered.size() < MOST_UNANSWERED) {
      return waiting.poll();
    }
    for (Iterator<Outgoing> others = waiting.iterator(); others.hasNext(); ) {
      Outgoing other = others.next();
      if (!other.isRequest()) {
        others.remove();
        return other;
      }
    }
    return null;
  }

  private void post(Outgoing message) {
    new Delivery(this, message, target).start();
  }

  /** The head of a message's POST; the server may take longer over a request than over others. */
  RequestOptions head(Outgoing message, @Nullable String authorization) throws McpFailure {
    RequestOptions request =
        RemoteRequests.address(
            options.server(), target, address.current(), authorization, new RequestOptions());
    Duration idle = message.isRequest() ? options.streamIdle() : options.initTimeout();
    request
        .setMethod(HttpMethod.POST)
        .setConnectTimeout(options.initTimeout().toMillis())
        .setIdleTimeout(idle.toMillis());
    request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
    return request;
  }

  HttpClient client() {
    return client;
  }

  Context context() {
    return context;
  }

  String server() {
    return options.server();
  }

  boolean isClosed() {
    return closed;
  }

  void opened(HttpClientRequest request) {
    unanswered.add(request);
  }

  void ended(HttpClientRequest request) {
    unanswered.remove(request);
  }

  /** No connection could be made: another address of the server may do better. */
  McpFailure unreachable(Throwable cause) {
    if (!(cause instanceof McpFailure)) {
      address.disappointed();
    }
    return RemoteFailures.unreachable(options.server(), target, cause);
  }

  /** The next message may follow. */
  void written(Outgoing message) {
    queuedBytes.addAndGet(-message.length());
    busy = false;
    next();
  }

  /** The message did not reach the server, and the wire lives on. */
  void refused(Outgoing message, McpFailure reason) {
    if (!closed) {
      listener.refused(message.message(), reason);
    }
  }

  void close() {
    closed = true;
    waiting.clear();
    Set.copyOf(unanswered).forEach(HttpClientRequest::reset);
    unanswered.clear();
  }
}
