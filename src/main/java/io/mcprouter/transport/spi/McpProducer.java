package io.mcprouter.transport.spi;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.protocol.Messages;
import io.mcprouter.protocol.Methods;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the exchange's message to a server and makes the reply the new body. It never blocks: the
 * callback is called when the reply is there, from the thread that brought it.
 */
public class McpProducer extends DefaultAsyncProducer {
  private static final byte[] ANY_ID = JsonText.number(1);

  private final McpEndpoint endpoint;
  private final McpConnections connections;

  protected McpProducer(McpEndpoint endpoint, McpConnections connections) {
    super(endpoint);
    this.endpoint = endpoint;
    this.connections = connections;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    McpCall call = McpCall.of(exchange).attempt();
    Frame message;
    try {
      message = message(exchange);
    } catch (MalformedMessage | RuntimeException e) {
      exchange.setException(e);
      callback.done(true);
      return true;
    }
    call.onOutcome(
        (reply, failure) ->
            call.continuation().execute(() -> finish(exchange, callback, reply, failure)));
    call.onSessionLost(() -> dispatch(exchange, message, call, callback));
    dispatch(exchange, message, call, callback);
    return false;
  }

  private void dispatch(Exchange exchange, Frame message, McpCall call, AsyncCallback callback) {
    CompletableFuture<McpConnection> connection = connections.acquire(exchange, endpoint);
    if (connection.isDone() && !connection.isCompletedExceptionally()) {
      send(connection.join(), message, call, exchange, callback);
      return;
    }
    connection.whenComplete(
        (opened, thrown) -> {
          if (opened == null) {
            call.fail(McpFailure.from(thrown, endpoint.server()));
          } else {
            send(opened, message, call, exchange, callback);
          }
        });
  }

  private void send(
      McpConnection connection,
      Frame message,
      McpCall call,
      Exchange exchange,
      AsyncCallback callback) {
    if (message.method().equals(Methods.INITIALIZE)) {
      call.complete(knownAnswer(message, connection.initialized()));
    } else if (message.isRequest()) {
      connection.call(message, call);
    } else {
      connection.notify(message);
      finish(exchange, callback, null, null);
    }
  }

  /**
   * A session is initialized once, when it is opened; whoever asks again hears what the server said
   * then.
   */
  private static Frame knownAnswer(Frame initialize, InitializeResult result) {
    byte[] id = Objects.requireNonNull(initialize.id(), "a request has an id");
    return Frame.of(new String(Messages.result(id, result.json().bytes()), StandardCharsets.UTF_8));
  }

  private void finish(
      Exchange exchange,
      AsyncCallback callback,
      @Nullable Frame reply,
      @Nullable McpFailure failure) {
    try {
      if (failure != null) {
        exchange.setException(asCamelSeesIt(exchange, failure));
      } else {
        exchange.getMessage().setBody(reply);
      }
    } finally {
      callback.done(false);
    }
  }

  /** A timeout is Camel's own exception, so that a route's {@code onException} finds it. */
  private Exception asCamelSeesIt(Exchange exchange, McpFailure failure) {
    if (failure.kind() != McpFailure.Kind.TIMED_OUT) {
      return failure.at(endpoint.server());
    }
    ExchangeTimedOutException timedOut =
        new ExchangeTimedOutException(exchange, 0, failure.getMessage());
    timedOut.initCause(failure);
    return timedOut;
  }

  private static Frame message(Exchange exchange) throws MalformedMessage {
    Object body = exchange.getMessage().getBody();
    if (body instanceof Frame frame) {
      return frame;
    }
    String method = exchange.getMessage().getHeader(McpConstants.METHOD, String.class);
    String text = exchange.getMessage().getBody(String.class);
    if (method == null) {
      return Frame.parse((text == null ? "" : text).getBytes(StandardCharsets.UTF_8));
    }
    byte[] params = text == null || text.isBlank() ? null : text.getBytes(StandardCharsets.UTF_8);
    return Frame.parse(Messages.request(ANY_ID, method, params));
  }
}
