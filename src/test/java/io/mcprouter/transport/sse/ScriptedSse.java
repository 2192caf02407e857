package io.mcprouter.transport.sse;

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

/** An SSE server that behaves well unless a test tells it otherwise. */
final class ScriptedSse {
  static final String INITIALIZED =
      "{\"protocolVersion\":\"2024-11-05\",\"capabilities\":{\"tools\":{}},"
          + "\"serverInfo\":{\"name\":\"scripted\",\"version\":\"1\"}}";

  private final HttpServer server;

  /** The streams that were opened, the newest last. */
  final List<HttpServerResponse> streams = new CopyOnWriteArrayList<>();

  /** All requests, their head. */
  final List<HttpServerRequest> requests = new CopyOnWriteArrayList<>();

  /** All messages in the order in which they came. */
  final List<JsonObject> messages = new CopyOnWriteArrayList<>();

  /** How many streams were closed by the client. */
  final AtomicInteger closedStreams = new AtomicInteger();

  /** Whether a request is let in; otherwise it is answered already. */
  volatile Predicate<HttpServerRequest> gate = request -> true;

  /** What a GET does. */
  volatile Handler<HttpServerRequest> onStream = request -> open(request, "/messages?session=1");

  /** What the POST of initialize does. */
  volatile BiConsumer<HttpServerRequest, JsonObject> onInitialize =
      (request, message) -> {
        accept(request);
        reply(message, INITIALIZED);
      };

  /** What a POST of a request other than initialize does. */
  volatile BiConsumer<HttpServerRequest, JsonObject> onCall = this::echo;

  ScriptedSse(Vertx vertx) {
    this(vertx, new HttpServerOptions());
  }

  ScriptedSse(Vertx vertx, HttpServerOptions options) {
    server =
        vertx
            .createHttpServer(options)
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
    return "http://127.0.0.1:" + port() + "/sse";
  }

  private void handle(HttpServerRequest request) {
    requests.add(request);
    if (!gate.test(request)) {
      return;
    }
    if (request.method().name().equals("GET")) {
      onStream.handle(request);
    } else {
      request.bodyHandler(body -> message(request, body));
    }
  }

  private void message(HttpServerRequest request, Buffer body) {
    JsonObject message = body.toJsonObject();
    messages.add(message);
    switch (message.getString("method", "")) {
      case "initialize" -> onInitialize.accept(request, message);
      case "notifications/initialized", "notifications/cancelled" -> accept(request);
      default -> onCall.accept(request, message);
    }
  }

  /** Begins a stream of events whose first says that messages go to {@code endpoint}. */
  void open(HttpServerRequest request, String endpoint) {
    HttpServerResponse stream = begin(request);
    stream.write("event: endpoint\ndata: " + endpoint + "\n\n");
  }

  HttpServerResponse begin(HttpServerRequest request) {
    HttpServerResponse stream = request.response();
    stream.setChunked(true).putHeader("Content-Type", "text/event-stream");
    stream.closeHandler(none -> closedStreams.incrementAndGet());
    streams.add(stream);
    return stream;
  }

  HttpServerResponse stream() {
    return streams.getLast();
  }

  void accept(HttpServerRequest request) {
    request.response().setStatusCode(202).end("Accepted");
  }

  void echo(HttpServerRequest request, JsonObject message) {
    accept(request);
    reply(message, message.getJsonObject("params", new JsonObject()).encode());
  }

  void reply(JsonObject message, String result) {
    event("{\"jsonrpc\":\"2.0\",\"id\":" + message.getValue("id") + ",\"result\":" + result + "}");
  }

  void event(String data) {
    stream().write("event: message\ndata: " + data + "\n\n");
  }
}
