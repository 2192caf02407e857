package io.mcprouter.endpoint;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server with one handler, and requests to it that are written by hand. */
final class RawRequests implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;

  RawRequests(Handler<HttpServerRequest> handler) {
    server =
        vertx
            .createHttpServer()
            .requestHandler(handler)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  Vertx vertx() {
    return vertx;
  }

  int port() {
    return server.actualPort();
  }

  /** All that the server answers to a request with these header lines. */
  String send(String method, String... headers) throws IOException {
    String head = method + " / HTTP/1.1\r\n" + String.join("\r\n", headers);
    return send(head + "\r\nConnection: close\r\n\r\n");
  }

  /** All that the server answers to this text, until it closes the connection. */
  String send(String text) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.actualPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
