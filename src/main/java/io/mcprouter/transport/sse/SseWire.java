package io.mcprouter.transport.sse;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.RemoteFailures;
import io.mcprouter.transport.spi.RemoteRequests;
import io.mcprouter.transport.spi.RemoteTarget;
import io.mcprouter.transport.spi.SkippedMessages;
import io.mcprouter.transport.spi.SseParser;
import io.mcprouter.transport.spi.Wire;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
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
  private final HttpClient client;
  private final RemoteTarget target;
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
      HttpClient client,
      RemoteTarget target,
      ConnectionOptions options,
      Listener listener) {
    this.context = context;
    this.client = client;
    this.target = target;
    this.options = options;
    this.listener = listener;
    this.parser = new SseParser(options.limits().maxMessageBytes(), this);
    this.skipped = new SkippedMessages(options.server());
  }

  /** Completes when the server has said where messages go. */
  CompletableFuture<Wire> open() {
    context.runOnContext(none -> connect());
    return opened;
  }

  private void connect() {
    long limit = options.initTimeout().toMillis();
    RequestOptions request;
    try {
      request = RemoteRequests.address(options.server(), target, new RequestOptions());
    } catch (McpFailure failure) {
      end(failure);
      return;
    }
    request.setMethod(HttpMethod.GET).setConnectTimeout(limit);
    request.putHeader(HttpHeaders.ACCEPT, EVENT_STREAM);
    request.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    context.owner().setTimer(limit, timer -> late());
    client
        .request(request)
        .compose(
            connected -> {
              stream = connected;
              if (over) {
                connected.exceptionHandler(reset -> {}).reset(); // an exception for Vert.x
              }
              return connected.send();
            })
        .onSuccess(this::answered)
        .onFailure(cause -> end(RemoteFailures.unreachable(options.server(), target, cause)));
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
      end(McpFailure.limit(options.server(), "it sent too much at once: " + e.getMessage()));
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
      RemoteTarget address = PostAddress.of(options.server(), target, data);
      posts = new PostQueue(context, client, address, options, listener);
      opened.complete(this);
    } catch (McpFailure failure) {
      end(failure);
    }
  }

  private void message(byte[] data) {
    Frame frame;
    try {
      frame = Frame.parse(data, options.limits().maxDepth());
    } catch (MalformedMessage e) {
      skipped.add(data.length);
      listener.skipped();
      return;
    }
    listener.received(frame);
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
