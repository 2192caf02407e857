package io.mcprouter.transport.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** A streamable HTTP server that behaves well unless a test tells it otherwise. */
final class ScriptedHttp {
  private final HttpServer server;

  /** All requests, their head. */
  final List<HttpServerRequest> requests = new CopyOnWriteArrayList<>();

  /** All messages in the order in which they came. */
  final List<JsonObject> messages = new CopyOnWriteArrayList<>();

  /** Connections that were accepted. */
  final AtomicInteger connections = new AtomicInteger();

  /** Answers whose connection the client closed before their end. */
  final AtomicInteger abandoned = new AtomicInteger();

  volatile String revision = "2025-11-25";
  volatile String capabilities = "{\"tools\":{}}";
  volatile String sessionId = "session-1";

  /** Whether a request is let in; otherwise it is answered already. */
  volatile Predicate<HttpServerRequest> gate = request -> true;

  /** What a POST of initialize does. */
  volatile BiConsumer<HttpServerRequest, JsonObject> onInitialize = this::initialize;

  /** What a POST of any other request does. */
  volatile BiConsumer<HttpServerRequest, JsonObject> onCall = this::echo;

  /** What a POST of a notification or reply does. */
  volatile BiConsumer<HttpServerRequest, JsonObject> onNotification =
      (request, message) -> request.response().setStatusCode(202).end();

  /** What a GET does. */
  volatile Handler<HttpServerRequest> onGet = request -> status(request, 405);

  /** What a DELETE does. */
  volatile Handler<HttpServerRequest> onDelete = request -> status(request, 200);

  ScriptedHttp(Vertx vertx) {
    this(vertx, new HttpServerOptions());
  }

  ScriptedHttp(Vertx vertx, HttpServerOptions options) {
    server =
        vertx
            .createHttpServer(options)
            .connectionHandler(connection -> connections.incrementAndGet())
            .requestHandler(this::handle)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  int port() {
    return server.actualPort();
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/mcp";
  }

  List<String> methods() {
    return messages.stream().map(message -> message.getString("method", "reply")).toList();
  }

  long count(String method) {
    return methods().stream().filter(method::equals).count();
  }

  List<HttpServerRequest> requests(String httpMethod) {
    return requests.stream().filter(one -> one.method().name().equals(httpMethod)).toList();
  }

  private void handle(HttpServerRequest request) {
    requests.add(request);
    if (!gate.test(request)) {
      return;
    }
    request.response().exceptionHandler(broken -> abandoned.incrementAndGet());
    switch (request.method().name()) {
      case "GET" -> onGet.handle(request);
      case "DELETE" -> onDelete.handle(request);
      default -> request.bodyHandler(body -> message(request, body));
    }
  }

  private void message(HttpServerRequest request, Buffer body) {
    JsonObject message = body.toJsonObject();
    messages.add(message);
    boolean isRequest = message.containsKey("id") && message.containsKey("method");
    if (!isRequest) {
      onNotification.accept(request, message);
    } else if (message.getString("method").equals("initialize")) {
      onInitialize.accept(request, message);
    } else {
      onCall.accept(request, message);
    }
  }

  void initialize(HttpServerRequest request, JsonObject message) {
    if (!sessionId.isEmpty()) {
      request.response().putHeader("Mcp-Session-Id", sessionId);
    }
    String result =
        "{\"protocolVersion\":\"%s\",\"capabilities\":%s,\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}"
            .formatted(revision, capabilities);
    json(request, 200, reply(message, result));
  }

  void echo(HttpServerRequest request, JsonObject message) {
    String params = message.getJsonObject("params", new JsonObject()).encode();
    json(request, 200, reply(message, params));
  }

  static String reply(JsonObject message, String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + message.getValue("id") + ",\"result\":" + result + "}";
  }

  static void json(HttpServerRequest request, int status, String body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(body);
  }

  static void status(HttpServerRequest request, int status) {
    request.response().setStatusCode(status).end();
  }

  /** Begins a stream of events. */
  static HttpServerResponse stream(HttpServerRequest request) {
    HttpServerResponse stream = request.response();
    stream.setChunked(true).putHeader("Content-Type", "text/event-stream");
    return stream;
  }

  static void event(HttpServerResponse stream, String data) {
    stream.write("event: message\ndata: " + data + "\n\n");
  }
}
