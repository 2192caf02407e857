package io.mcprouter.endpoint;

import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.MessageBuffers;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A POST and its answer: one JSON message, unless something must be said before the reply or the
 * client asks for events first; then a stream that the client can resume. Lives on one event loop;
 * messages from elsewhere hop there.
 */
final class PostExchange extends OnOneLoop implements Channel {
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  static final CharSequence SESSION_ID = HttpHeaders.createOptimized("Mcp-Session-Id");

  private final Vertx vertx;
  private final EndpointSettings settings;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Accepted accepted;
  private final ResourceMetadata metadata;
  private final String path;
  private @Nullable ClientSession session;
  private volatile @Nullable ResumableStream stream;
  private boolean replied;

  PostExchange(Vertx vertx, Front front, HttpServerRequest request, Accepted accepted) {
    super(vertx);
    this.metadata = front.metadata();
    this.path = Objects.requireNonNullElse(request.path(), "");
    this.vertx = vertx;
    this.settings = front.settings();
    this.request = request;
    this.response = request.response();
    this.accepted = accepted;
  }

  /** Sets whose request this is, once that is known. */
  void of(ClientSession owner) {
    session = owner;
    response.closeHandler(none -> gone());
    if (accepted.eventsFirst() && owner.revision().hasPrimingEvent()) {
      stream();
    }
  }

  /** Replies with a new session, or calls {@code gone} when nobody is there any more to use it. */
  void open(ClientSession owner, byte[] message, Runnable gone) {
    run(
        () -> {
          if (response.closed()) {
            gone.run();
          } else {
            session = owner;
            response.putHeader(SESSION_ID, owner.id());
            reply(message);
          }
        });
  }

  @Override
  public @Nullable String traceparent() {
    return request.getHeader("traceparent");
  }

  @Override
  public boolean canSend() {
    return accepted.events() && !replied;
  }

  @Override
  public void send(byte[] message) {
    run(
        () -> {
          if (canSend() && !response.closed()) {
            stream().event(message);
          } else if (stream != null) {
            stream.event(message);
          }
        });
  }

  @Override
  public void reply(byte[] message) {
    run(
        () -> {
          if (!replied && isStreamed()) {
            finish(message);
          } else if (!replied) {
            json(200, MessageBuffers.of(message));
          }
        });
  }

  @Override
  public void reply(Frame reply, byte[] id) {
    run(
        () -> {
          if (!replied && isStreamed()) {
            finish(reply.withId(id));
          } else if (!replied) {
            json(200, MessageBuffers.of(reply.edit().id(id)));
          }
        });
  }

  @Override
  public void refuse(Set<String> scopes, byte[] error) {
    run(
        () -> {
          if (stream != null || replied) {
            reply(error);
          } else {
            response.putHeader(
                ResourceMetadata.WWW_AUTHENTICATE, metadata.insufficientScope(path, scopes));
            json(403, MessageBuffers.of(error));
          }
        });
  }

  /** Where there is no stream, a client that goes away takes its call with it. */
  @Override
  public boolean isAway() {
    ResumableStream events = stream;
    return events != null && !events.isAttached();
  }

  private boolean isStreamed() {
    return stream != null || (canStream() && (accepted.eventsOnly() || accepted.eventsFirst()));
  }

  /** A stream belongs to a session; of one that begins on a dead connection nobody would know. */
  private boolean canStream() {
    return session != null && !response.closed();
  }

  private void finish(byte[] message) {
    ResumableStream events = stream();
    replied = true;
    events.finish(message);
  }

  @Override
  public void stayAlive() {
    run(
        () -> {
          if (stream == null && canSend() && !response.closed()) {
            stream();
          }
        });
  }

  @Override
  public void polled(long retryMillis) {
    run(
        () -> {
          ClientSession owner = session;
          if (stream != null && owner != null && owner.revision().hasPrimingEvent()) {
            stream.release(retryMillis);
          }
        });
  }

  /** Answers with JSON and a status of its own. */
  void json(int status, byte[] message) {
    run(() -> json(status, MessageBuffers.of(message)));
  }

  private void json(int status, Buffer message) {
    replied = true;
    if (!response.closed() && !response.ended()) {
      response.setStatusCode(status);
      response.putHeader(HttpHeaders.CONTENT_TYPE, JSON);
      response.end(message);
    }
  }

  /** Answers with a status alone. */
  void status(int status) {
    run(
        () -> {
          replied = true;
          if (!response.closed() && !response.ended()) {
            response.setStatusCode(status).end();
          }
        });
  }

  private ResumableStream stream() {
    ResumableStream events = stream;
    if (events == null) {
      ClientSession owner = Objects.requireNonNull(session, "a stream belongs to a session");
      events = owner.events().open(() -> owner.cancelFor(this, "the client is gone"));
      stream = events;
      events.attach(new SseOutput(vertx, response, settings.times().keepAlive().toMillis()), 0);
      if (owner.revision().hasPrimingEvent()) {
        events.prime();
      }
    }
    return events;
  }

  /** The client is gone: what it cannot take up again is cancelled at once. */
  private void gone() {
    ClientSession owner = session;
    if (!replied && owner != null && stream == null) {
      owner.cancelFor(this, "the client is gone");
    }
  }

  /**
   * What a client takes as an answer.
   *
   * @param events whether it takes event streams
   * @param eventsFirst whether it names them before JSON, which is how a client asks for them
   * @param eventsOnly whether it takes nothing else
   */
  record Accepted(boolean events, boolean eventsFirst, boolean eventsOnly) {
    private static final Accepted ANYTHING = new Accepted(true, false, false);

    /**
     * Reads an Accept header; a client that sends none takes anything. Null when neither form is
     * taken.
     */
    static @Nullable Accepted of(@Nullable String header) {
      if (header == null || header.equals("application/json, text/event-stream")) {
        return ANYTHING;
      }
      String types = header.toLowerCase(Locale.ROOT);
      int events = types.indexOf("text/event-stream");
      int json = types.indexOf("application/json");
      if (events < 0 && json < 0) {
        return types.contains("*/*") || types.contains("application/*") ? ANYTHING : null;
      }
      boolean first = events >= 0 && events < json;
      return new Accepted(events >= 0, first, json < 0);
    }
  }
}
