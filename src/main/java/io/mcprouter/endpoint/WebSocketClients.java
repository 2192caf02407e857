package io.mcprouter.endpoint;

import io.mcprouter.catalog.View;
import io.mcprouter.identity.Proof;
import io.mcprouter.protocol.Caller;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;

/** Serves clients over websockets: subprotocol {@code mcp}, one message a text frame. */
final class WebSocketClients {
  static final String SUBPROTOCOL = "mcp";
  private static final int MOST_UNSENT_BYTES = 32 << 20;
  private static final short UNSUPPORTED_DATA = 1003;
  private static final short POLICY = 1008;

  private final Vertx vertx;
  private final Front front;

  WebSocketClients(Vertx vertx, Front front) {
    this.vertx = vertx;
    this.front = front;
  }

  void open(HttpServerRequest request, View view, Proof proof) {
    request
        .toWebSocket()
        .onSuccess(socket -> serve(socket, view, proof))
        .onFailure(
            refused -> {
              if (!request.response().ended()) {
                request
                    .response()
                    .setStatusCode(400)
                    .end("A websocket handshake is expected here.");
              }
            });
  }

  private void serve(ServerWebSocket socket, View view, Proof proof) {
    socket.setWriteQueueMaxSize(MOST_UNSENT_BYTES);
    Context loop = vertx.getOrCreateContext();
    Caller caller = proof.caller();
    MessageClient client = new MessageClient(view, new FrameChannel(socket, loop), front);
    front
        .connections()
        .watch(
            proof,
            socket::isClosed,
            () -> loop.runOnContext(none -> socket.close(POLICY, "the credential has ended")));
    long ping =
        vertx.setPeriodic(
            front.settings().times().keepAlive().toMillis(),
            timer -> socket.writePing(Buffer.buffer()));
    socket.textMessageHandler(
        text -> client.received(caller, text.getBytes(StandardCharsets.UTF_8)));
    socket.binaryMessageHandler(data -> socket.close(UNSUPPORTED_DATA, "messages are text frames"));
    socket.exceptionHandler(broken -> socket.close());
    socket.closeHandler(
        none -> {
          vertx.cancelTimer(ping);
          client.closed();
        });
  }

  private record FrameChannel(ServerWebSocket socket, Context context) implements Channel {
    @Override
    public void send(byte[] message) {
      String text = new String(message, StandardCharsets.UTF_8);
      context.runOnContext(
          none -> {
            if (socket.isClosed()) {
              return;
            }
            if (socket.writeQueueFull()) {
              socket.close(POLICY, "the client does not read");
            } else {
              socket.writeTextMessage(text);
            }
          });
    }

    @Override
    public void reply(byte[] message) {
      send(message);
    }

    @Override
    public boolean isConnection() {
      return true;
    }

    @Override
    public boolean canSend() {
      return !socket.isClosed();
    }
  }
}
