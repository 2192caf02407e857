package io.mcprouter.transport.http;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.CamelFixture;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpClient;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;

/** A plain Camel context and a scripted server. */
abstract class HttpFixture extends CamelFixture {
  ScriptedHttp server;

  @BeforeEach
  void start() {
    server = new ScriptedHttp(vertx);
  }

  String uri(String... options) {
    return uriOf(server.url(), options);
  }

  static String uriOf(String url, String... options) {
    return endpointUri("mcp-http:weather", url, options);
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
