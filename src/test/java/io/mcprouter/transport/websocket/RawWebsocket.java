package io.mcprouter.transport.websocket;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A websocket server that does on the socket only what a test says, right or wrong. */
final class RawWebsocket {
  private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: *(\\S+)");
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final NetServer server;

  /** Completes when the client closed the first connection. */
  final CompletableFuture<Void> closed = new CompletableFuture<>();

  /** Completes when something came in after initialize. */
  final CompletableFuture<Void> called = new CompletableFuture<>();

  /** Initializes, and answers nothing else. */
  RawWebsocket(Vertx vertx) {
    this(vertx, new NetServerOptions(), socket -> {});
  }

  /** Initializes, and reads nothing that comes then. */
  static RawWebsocket thatStopsReading(Vertx vertx) {
    return new RawWebsocket(vertx, new NetServerOptions(), NetSocket::pause);
  }

  /** Initializes, and resets the connection when something comes then, as one that dies does. */
  static RawWebsocket thatDies(Vertx vertx) {
    return new RawWebsocket(vertx, new NetServerOptions().setSoLinger(0), NetSocket::close);
  }

  private RawWebsocket(Vertx vertx, NetServerOptions options, Consumer<NetSocket> onCall) {
    server =
        listen(
            vertx,
            options,
            (socket, head) ->
                initialize(
                    socket,
                    head,
                    () -> {
                      called.complete(null);
                      onCall.accept(socket);
                    }));
  }

  /** Gets the head of each connection's request. */
  RawWebsocket(Vertx vertx, BiConsumer<NetSocket, String> onHead) {
    server = listen(vertx, new NetServerOptions(), onHead);
  }

  private NetServer listen(
      Vertx vertx, NetServerOptions options, BiConsumer<NetSocket, String> onHead) {
    return vertx
        .createNetServer(options)
        .connectHandler(
            socket -> {
              socket.closeHandler(none -> closed.complete(null));
              socket.handler(head -> onHead.accept(socket, head.toString()));
            })
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  String url() {
    return "ws://127.0.0.1:" + server.actualPort() + "/ws";
  }

  /** Accepts the handshake; {@code protocol} is a header line with its end, or empty. */
  static void accept(NetSocket socket, String head, String protocol) {
    Matcher key = KEY.matcher(head);
    if (!key.find()) {
      throw new IllegalArgumentException("no handshake: " + head);
    }
    socket.write(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + digest(key.group(1) + MAGIC)
            + "\r\n"
            + protocol
            + "\r\n");
  }

  private static String digest(String text) {
    try {
      byte[] sha = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(sha);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Accepts the handshake and initializes; what comes then is left alone. */
  private static void initialize(NetSocket socket, String head, Runnable onCall) {
    socket.handler(
        first -> {
          text(
              socket,
              "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":" + ScriptedWebsocket.INITIALIZED + "}");
          socket.handler(more -> onCall.run());
        });
    accept(socket, head, "Sec-WebSocket-Protocol: mcp\r\n");
  }

  /** Writes a short text frame. */
  static void text(NetSocket socket, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    socket.write(
        Buffer.buffer()
            .appendByte((byte) 0x81)
            .appendByte((byte) 126)
            .appendUnsignedShort(bytes.length)
            .appendBytes(bytes));
  }
}
