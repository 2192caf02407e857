package io.mcprouter.transport.http;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.Calls;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpClient;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A plain Camel context and a scripted server. */
abstract class HttpFixture {
  final Vertx vertx = Vertx.vertx();
  final DefaultCamelContext context = new DefaultCamelContext();
  ScriptedHttp server;
  Calls calls;

  @BeforeEach
  void start() {
    server = new ScriptedHttp(vertx);
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
    return "mcp-http:weather?url="
        + url
        + (options.length == 0 ? "" : "&")
        + String.join("&", options);
  }

  /** Starts a call whose messages in between go to {@code stream}. */
  McpCall start(CompletableFuture<Exchange> done, String message, CallStream stream) {
    return start(uri(), done, message, stream);
  }

  McpCall start(String uri, CompletableFuture<Exchange> done, String message, CallStream stream) {
    McpCall call = new McpCall(Caller.APPLICATION, McpClient.NONE, stream);
    context
        .createProducerTemplate()
        .asyncSend(
            uri,
            exchange -> {
              exchange.setProperty(McpCall.PROPERTY, call);
              exchange.getMessage().setBody(Frame.of(message));
            })
        .thenAccept(done::complete);
    return call;
  }
}
