package io.mcprouter.transport.sse;

import io.mcprouter.transport.AddressBehaviour;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Predicate;

/** Where connections of this transport go. */
class SseAddressTest extends AddressBehaviour {
  SseAddressTest() {
    super("mcp-sse");
  }

  @Override
  protected String server(HttpServerOptions options, Predicate<HttpServerRequest> gate) {
    ScriptedSse server = new ScriptedSse(vertx, options);
    server.gate = gate;
    return server.url();
  }
}
