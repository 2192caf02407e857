package io.mcprouter.transport.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** A server that writes its answers by hand, so that it can also write wrong ones or none. */
final class RawHttp {
  private final NetServer server;

  /** The methods of all requests that came. */
  final List<String> methods = new CopyOnWriteArrayList<>();

  /** What a request other than the handshake does. */
  volatile BiConsumer<NetSocket, JsonObject> onCall = this::echo;

  RawHttp(Vertx vertx) {
    this(vertx, new NetServerOptions());
  }

  RawHttp(Vertx vertx, NetServerOptions options) {
    server =
        vertx
            .createNetServer(options)
            .connectHandler(this::serve)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort() + "/mcp";
  }

  long count(String method) {
    return methods.stream().filter(method::equals).count();
  }

  private void serve(NetSocket socket) {
    Buffer[] input = {Buffer.buffer()};
    socket.handler(
        chunk -> {
          input[0].appendBuffer(chunk);
          input[0] = read(socket, input[0]);
        });
  }

  private Buffer read(NetSocket socket, Buffer input) {
    String text = input.toString(StandardCharsets.ISO_8859_1);
    int body = text.indexOf("\r\n\r\n") + 4;
    if (body < 4) {
      return input;
    }
    String head = text.substring(0, body).toLowerCase(Locale.ROOT);
    int lengthAt = head.indexOf("content-length: ");
    if (lengthAt < 0) {
      answer(socket, "200 OK", "");
      return input.getBuffer(body, input.length());
    }
    int lengthFrom = lengthAt + "content-length: ".length();
    int length = Integer.parseInt(head.substring(lengthFrom, head.indexOf('\r', lengthFrom)));
    if (input.length() < body + length) {
      return input;
    }
    message(socket, input.getBuffer(body, body + length).toJsonObject());
    return input.getBuffer(body + length, input.length());
  }

  private void message(NetSocket socket, JsonObject message) {
    String method = message.getString("method");
    methods.add(method);
    switch (method) {
      case "initialize" ->
          answer(
              socket,
              "200 OK",
              ScriptedHttp.reply(
                  message, "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{}}"));
      case "notifications/initialized", "notifications/cancelled" ->
          answer(socket, "202 Accepted", "");
      default -> onCall.accept(socket, message);
    }
  }

  void echo(NetSocket socket, JsonObject message) {
    answer(socket, "200 OK", ScriptedHttp.reply(message, "{}"));
  }

  static void answer(NetSocket socket, String status, String body) {
    socket.write(
        "HTTP/1.1 "
            + status
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }
}
