package io.mcprouter.transport.sse;

import io.mcprouter.protocol.Batch;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.transport.spi.Attempts;
import io.mcprouter.transport.spi.Authorization;
import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.Departures;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.PinnedAddress;
import io.mcprouter.transport.spi.RemoteFailures;
import io.mcprouter.transport.spi.RemoteRequests;
import io.mcprouter.transport.spi.RemoteTarget;
import io.mcprouter.transport.spi.SkippedMessages;
import io.mcprouter.transport.spi.SseParser;
import io.mcprouter.transport.spi.Wire;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A stream of events, on which everything comes in, and the POST requests by which everything goes
 * out. The wire is the session: when the stream ends, it is gone.
 *
 * <p>Its state belongs to one Vert.x context; other threads come in by {@link #send} and {@link
 * #close} alone, which hop there.
 */
final class SseWire implements Wire, SseParser.Sink {
  private static final String ENDPOINT = "endpoint";
  private static final String MESSAGE = "message";
  private static final String EVENT_STREAM = "text/event-stream";

  private final Context context;
  private final SseClients clients;
  private final RemoteTarget target;
  private final PinnedAddress address;
  private final @Nullable Attempts attempts;
  private final ConnectionOptions options;
  private final Listener listener;
  private final SseParser parser;
  private final SkippedMessages skipped;
  private final CompletableFuture<Wire> opened = new CompletableFuture<>();
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private volatile @Nullable PostQueue posts;
  private @Nullable HttpClientRequest stream;
  private boolean over;

  SseWire(
      Context context,
      SseClients clients,
      RemoteTarget target,
      PinnedAddress address,
      ConnectionOptions options,
      Listener listener) {
    this.context = context;
    this.clients = clients;
    this.target = target;
    this.address = address;
    Authorization right = target.authorization();
    this.attempts = right == null ? null : new Attempts(options.server(), right, context);
    this.options = options;
    this.listener = listener;
    this.parser = new SseParser(options.limits().maxMessageBytes(), this);
    this.skipped = new SkippedMessages(options.server(), "event stream");
  }

  /** Completes when the server has said where messages go. */
  CompletableFuture<Wire> open() {
    long limit = Math.max(1, options.initTimeout().toMillis());
    context.runOnContext(none -> context.owner().setTimer(limit, timer -> late()));
    address.ready().whenComplete((none, thrown) -> context.runOnContext(now -> connect(thrown)));
    return opened;
  }

  private void connect(@Nullable Throwable unresolved) {
    if (unresolved != null) {
      end(McpFailure.from(unresolved, options.server()));
    } else {
      attempt();
    }
  }

  private void attempt() {
    if (over) {
      return;
    }
    Future<@Nullable String> value =
        attempts == null ? Future.succeededFuture(null) : attempts.next();
    value.compose(this::get).onSuccess(this::judged).onFailure(this::unreachable);
  }

  private Future<HttpClientResponse> get(@Nullable String authorization) {
    RequestOptions request;
    try {
      request =
          RemoteRequests.address(
              options.server(), target, address.current(), authorization, new RequestOptions());
    } catch (McpFailure failure) {
      return Future.failedFuture(failure);
    }
    request.setMethod(HttpMethod.GET).setConnectTimeout(options.initTimeout().toMillis());
    request.putHeader(HttpHeaders.ACCEPT, EVENT_STREAM);
    request.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    return clients.streams().request(request).compose(this::send);
  }

  private Future<HttpClientResponse> send(HttpClientRequest connected) {
    stream = Departures.expect(connected);
    if (over) {
      connected.exceptionHandler(reset -> {}).reset(); // an exception for Vert.x
    }
    return connected.send();
  }

  private void unreachable(Throwable cause) {
    if (!(cause instanceof McpFailure)) {
      address.disappointed();
    }
    end(RemoteFailures.unreachable(options.server(), target, cause));
  }

  /** Takes the answer, unless it refuses the caller's right and another one is to be had. */
  private void judged(HttpClientResponse response) {
    int status = response.statusCode();
    if (over || attempts == null || !attempts.mayRepeat(status, response.headers())) {
      answered(response);
      return;
    }
    response.exceptionHandler(reset -> {}).request().reset();
    stream = null;
    attempts
        .refused(status, response.headers())
        .onSuccess(remedied -> attempt())
        .onFailure(this::unreachable);
  }

  private void late() {
    if (posts == null) {
      end(
          McpFailure.unavailable(
              options.server(),
              target.hostAndPort()
                  + " sent no endpoint event within "
                  + options.initTimeout().toMillis()
                  + " ms (initTimeout)"));
    }
  }

  private void answered(HttpClientResponse response) {
    response.exceptionHandler(cause -> end(lost("the event stream broke off")));
    if (over) {
      return;
    }
    String type = response.getHeader(HttpHeaders.CONTENT_TYPE);
    if (response.statusCode() != 200) {
      end(RemoteFailures.status(options.server(), target, response.statusCode()));
    } else if (type == null || !type.toLowerCase(Locale.ROOT).startsWith(EVENT_STREAM)) {
      end(
          McpFailure.unavailable(
              options.server(),
              target.hostAndPort()
                  + " sends no event stream at the path of url: is it an SSE server?"));
    } else {
      response.endHandler(none -> end(lost("the server ended the event stream")));
      response.handler(this::read);
    }
  }

  private void read(Buffer chunk) {
    if (over) {
      return;
    }
    byte[] bytes = chunk.getBytes();
    try {
      parser.feed(bytes, 0, bytes.length);
    } catch (SseParser.TooLarge e) {
      end(McpFailure.tooMuchSaid(options.server(), "it sent too much at once: " + e.getMessage()));
    }
  }

  @Override
  public void event(String name, @Nullable String id, byte[] data) {
    if (over) {
      return;
    }
    if (posts == null) {
      if (name.equals(ENDPOINT)) {
        startPosting(data);
      }
    } else if (name.equals(MESSAGE) && data.length > 0) {
      message(data);
    }
  }

  private void startPosting(byte[] data) {
    try {
      RemoteTarget to = PostAddress.of(options.server(), target, data);
      posts = new PostQueue(context, clients.posts(), to, address, options, listener);
      opened.complete(this);
    } catch (McpFailure failure) {
      end(failure);
    }
  }

  private void message(byte[] data) {
    try {
      Batch.read(data, options.limits().maxDepth(), listener);
    } catch (MalformedMessage e) {
      skipped.add(data.length);
      listener.skipped();
    }
  }

  /** The transport knows no resumption, so there is nothing to wait for. */
  @Override
  public void retry(long millis) {}

  @Override
  public boolean send(byte[] message) {
    PostQueue queue = posts;
    return queue != null && queue.add(message);
  }

  @Override
  public CompletableFuture<Void> close() {
    context.runOnContext(none -> end(lost("it was closed")));
    return gone;
  }

  private void end(McpFailure reason) {
    if (over) {
      return;
    }
    over = true;
    PostQueue queue = posts;
    if (queue != null) {
      queue.close();
    }
    closeStream();
    if (!opened.completeExceptionally(reason)) {
      listener.closed(reason);
    }
  }

  private void closeStream() {
    HttpClientRequest open = stream;
    if (open == null) {
      gone.complete(null);
    } else {
      open.reset();
      open.connection().close().onComplete(closed -> gone.complete(null));
    }
  }

  private McpFailure lost(String why) {
    return McpFailure.connectionLost(options.server(), why);
  }
}
