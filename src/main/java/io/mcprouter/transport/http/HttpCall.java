package io.mcprouter.transport.http;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.FrameEdit;
import io.mcprouter.protocol.Methods;
import io.mcprouter.transport.http.HttpClients.Purpose;
import io.mcprouter.transport.spi.Authorization;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.MessageBuffers;
import io.mcprouter.transport.spi.RemoteFailures;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer: a JSON body, or a stream of events that ends with the reply. Lives on
 * one event loop; only {@link #cancelled} comes from elsewhere.
 */
final class HttpCall {
  private final HttpConnection connection;
  final long id;
  private final McpCall call;
  private boolean mayRepeat;
  private volatile @Nullable Context loop;
  private volatile boolean sent;

  /** Null from the end of its answer on: its connection may carry another request then. */
  private @Nullable HttpClientRequest open;

  private volatile boolean over;
  private @Nullable String sessionId;

  /**
   * @param method the request's method
   */
  HttpCall(HttpConnection connection, long id, McpCall call, String method) {
    this.connection = connection;
    this.id = id;
    this.call = call;
    this.mayRepeat = Methods.isRepeatable(method);
  }

  /** The session that the answer's head named. */
  @Nullable String sessionId() {
    return sessionId;
  }

  void send(FrameEdit message) {
    connection.clients.use(Purpose.CALL, client -> send(client, message));
  }

  private void send(HttpClient client, FrameEdit message) {
    loop = Vertx.currentContext();
    Authorization right = connection.target().authorization();
    Future<HttpClientResponse> answer =
        right == null
            ? attempt(client, null, message)
            : new AuthorizedRequest(
                    connection, right, value -> attempt(client, value, message), this::refused)
                .send();
    answer.onSuccess(this::head).onFailure(cause -> notSent(cause, message));
  }

  private Future<HttpClientResponse> attempt(
      HttpClient client, @Nullable String authorization, FrameEdit message) {
    RequestOptions head;
    try {
      head = connection.head().post(authorization);
    } catch (McpFailure forbidden) {
      return Future.failedFuture(forbidden);
    }
    return HttpClients.request(client, head).compose(opened -> sendOn(opened, message));
  }

  /** The server did not act on it, so that it may go out once more. */
  private void refused() {
    open = null;
    sent = false;
  }

  private Future<HttpClientResponse> sendOn(HttpClientRequest opened, FrameEdit message) {
    open = opened;
    sent = true;
    if (over) {
      reset();
      return Future.failedFuture("cancelled before it was sent");
    }
    return opened.send(MessageBuffers.of(message));
  }

  /**
   * A server may close a kept connection at the very moment in which a request goes out on it. What
   * can be asked twice is asked again, once; whether the server acted on anything else nobody
   * knows.
   */
  private void notSent(Throwable cause, FrameEdit message) {
    if (over) {
      return;
    }
    open = null;
    if (mayRepeat && sent && HttpClients.isBroken(cause)) {
      mayRepeat = false;
      send(message);
    } else {
      fail(sendFailure(cause));
    }
  }

  /**
   * A request that never left is the server's unavailability; one that did may have been acted on.
   */
  private McpFailure sendFailure(Throwable cause) {
    if (sent) {
      return McpFailure.connectionLost(server(), "it closed the connection without an answer");
    }
    if (!(cause instanceof McpFailure)) {
      connection.unreachable();
    }
    return RemoteFailures.unreachable(server(), connection.target(), cause);
  }

  private void head(HttpClientResponse response) {
    if (over) {
      open = null;
      HttpClients.letGo(response);
      return;
    }
    sessionId = response.getHeader("Mcp-Session-Id");
    String type = response.getHeader("Content-Type");
    if (response.statusCode() == 200 && type != null && isEventStream(type)) {
      new ReplyStream(connection, this, call).read(response);
    } else {
      BoundedBody.read(
          response,
          connection.options.limits().maxMessageBytes(),
          body -> answered(response.statusCode(), body),
          broken -> {
            answerEnded();
            fail(broken.failure(server()));
          });
    }
  }

  void answerEnded() {
    open = null;
  }

  private static boolean isEventStream(String contentType) {
    return contentType.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
  }

  private void answered(int status, byte[] body) {
    answerEnded();
    connection.answers.take(this, status, body);
  }

  /** Whether this is the answer: an error may name no request, or something that is no request. */
  boolean answers(Frame reply) {
    return reply.numericId() == id || (reply.kind() == Frame.Kind.ERROR && reply.numericId() < 0);
  }

  /** Something that the server says within the call. */
  void meanwhile(Frame message) {
    if (message.isRequest()) {
      connection.calls.question(message, call);
    } else {
      connection.calls.notification(message, call);
    }
  }

  void lost() {
    over = true;
    connection.calls.remove(id);
    connection.sessionLost();
    call.sessionLost(
        McpFailure.of(McpFailure.Kind.SESSION_LOST, server(), "it no longer knows the session"));
  }

  void complete(Frame reply) {
    over = true;
    connection.calls.remove(id);
    call.complete(reply);
  }

  void fail(McpFailure failure) {
    over = true;
    connection.calls.remove(id);
    call.fail(failure);
  }

  boolean isOver() {
    return over;
  }

  /** The answer goes on in the response to another request. */
  void goesOnIn(HttpClientRequest resumed) {
    open = resumed;
    if (over) {
      reset();
    }
  }

  /**
   * The caller gave up: the server is told by a message of its own, since a closed stream says
   * nothing.
   */
  void cancelled(McpFailure reason) {
    over = true;
    connection.calls.remove(id);
    if (id > 0 && sent) {
      connection.tellCancelled(id, reason);
    }
    abandon();
  }

  private void abandon() {
    Context home = loop;
    if (home != null) {
      home.runOnContext(none -> reset());
    }
  }

  /** On the loop, where the answer's end is known. Closes the connection. */
  private void reset() {
    HttpClientRequest unwanted = open;
    open = null;
    if (unwanted != null) {
      unwanted.reset();
    }
  }

  private String server() {
    return connection.options.server();
  }
}
