package io.mcprouter.transport.websocket;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.MalformedMessage;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** A websocket server that behaves well unless a test tells it otherwise. */
final class ScriptedWebsocket {
  static final String INITIALIZED =
      "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
          + "\"serverInfo\":{\"name\":\"scripted\",\"version\":\"1\"}}";

  private final HttpServer server;

  /** The connections, the newest last. */
  final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();

  /** All messages in the order in which they came. */
  final List<String> messages = new CopyOnWriteArrayList<>();

  /** Why clients closed connections. */
  final List<Short> closeCodes = new CopyOnWriteArrayList<>();

  /** Whether a handshake is let in; otherwise it is answered already. */
  volatile Predicate<HttpServerRequest> gate = request -> true;

  /** What a request other than initialize does. */
  volatile BiConsumer<ServerWebSocket, Frame> onCall = ScriptedWebsocket::echo;

  ScriptedWebsocket(Vertx vertx) {
    this(vertx, new HttpServerOptions());
  }

  ScriptedWebsocket(Vertx vertx, HttpServerOptions options) {
    options.addWebSocketSubProtocol("mcp").setMaxWebSocketFrameSize(1 << 20);
    options.setMaxWebSocketMessageSize(1 << 20);
    server =
        vertx
            .createHttpServer(options)
            .requestHandler(this::handshake)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  int port() {
    return server.actualPort();
  }

  String url() {
    return "ws://127.0.0.1:" + port() + "/ws";
  }

  private void handshake(HttpServerRequest request) {
    if (gate.test(request)) {
      request.toWebSocket().onSuccess(this::connected);
    }
  }

  private void connected(ServerWebSocket socket) {
    sockets.add(socket);
    socket.textMessageHandler(text -> message(socket, text));
    socket.closeHandler(none -> closeCodes.add(code(socket)));
  }

  private static short code(ServerWebSocket socket) {
    Short code = socket.closeStatusCode();
    return code == null ? 0 : code;
  }

  private void message(ServerWebSocket socket, String text) {
    messages.add(text);
    Frame message = parsed(text);
    switch (message.method()) {
      case "initialize" -> socket.writeTextMessage(reply(message, INITIALIZED));
      case "notifications/initialized", "notifications/cancelled" -> {}
      default -> onCall.accept(socket, message);
    }
  }

  private static Frame parsed(String text) {
    try {
      return Frame.parse(text.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedMessage e) {
      throw new IllegalStateException(e);
    }
  }

  static void echo(ServerWebSocket socket, Frame message) {
    socket.writeTextMessage(reply(message, params(message)));
  }

  /** The params of a message, as it was written. */
  static String params(Frame message) {
    String text = new String(message.bytes(), StandardCharsets.UTF_8);
    int from = text.indexOf("\"params\":") + "\"params\":".length();
    return text.substring(from, text.length() - 1);
  }

  static String reply(Frame message, String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + message.numericId() + ",\"result\":" + result + "}";
  }
}
