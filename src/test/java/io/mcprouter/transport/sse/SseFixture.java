package io.mcprouter.transport.sse;

import io.mcprouter.transport.Calls;
import io.vertx.core.Vertx;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A plain Camel context and a scripted server. */
abstract class SseFixture {
  final Vertx vertx = Vertx.vertx();
  final DefaultCamelContext context = new DefaultCamelContext();
  ScriptedSse server;
  Calls calls;

  @BeforeEach
  void start() {
    server = new ScriptedSse(vertx);
    context.start();
    calls = new Calls(context);
  }

  @AfterEach
  void stop() {
    context.stop();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  String uri(String... options) {
    return uriOf(server.url(), options);
  }

  static String uriOf(String url, String... options) {
    return "mcp-sse:weather?url="
        + url
        + (options.length == 0 ? "" : "&")
        + String.join("&", options);
  }
}
