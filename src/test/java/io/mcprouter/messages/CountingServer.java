package io.mcprouter.messages;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An MCP server over streamable HTTP in this JVM, which outlives the router: it counts how often
 * each id was charged, and how often each was looked up, which does no harm.
 */
final class CountingServer implements AutoCloseable {
  private static final String TOOLS =
      """
      {"tools":[{"name":"charge","inputSchema":{"type":"object"}},
       {"name":"lookup","inputSchema":{"type":"object"},"annotations":{"readOnlyHint":true}}]}""";

  final Map<String, AtomicInteger> charged = new ConcurrentHashMap<>();
  final Map<String, AtomicInteger> lookedUp = new ConcurrentHashMap<>();
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final HttpServer server;

  CountingServer() throws Exception {
    server =
        vertx
            .createHttpServer()
            .requestHandler(this::serve)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get();
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort() + "/mcp";
  }

  private void serve(HttpServerRequest request) {
    if (request.method() != HttpMethod.POST) {
      request.response().setStatusCode(405).end();
    } else {
      request.bodyHandler(body -> answer(request, body));
    }
  }

  private void answer(HttpServerRequest request, Buffer body) {
    JsonObject message = body.toJsonObject();
    if (!message.containsKey("id")) {
      request.response().setStatusCode(202).end();
      return;
    }
    String reply =
        "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}"
            .formatted(message.getValue("id"), result(message));
    request.response().putHeader("Content-Type", "application/json").end(reply);
  }

  private String result(JsonObject message) {
    return switch (message.getString("method")) {
      case "initialize" ->
          """
          {"protocolVersion":"2025-06-18","capabilities":{"tools":{}},
           "serverInfo":{"name":"counting","version":"1"}}""";
      case "tools/list" -> TOOLS;
      case "tools/call" -> counted(message.getJsonObject("params"));
      default -> "{}";
    };
  }

  private String counted(JsonObject params) {
    Map<String, AtomicInteger> counts =
        params.getString("name").equals("charge") ? charged : lookedUp;
    String id = params.getJsonObject("arguments").getString("id");
    int count = counts.computeIfAbsent(id, none -> new AtomicInteger()).incrementAndGet();
    return "{\"content\":[{\"type\":\"text\",\"text\":\"" + id + " " + count + "\"}]}";
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
