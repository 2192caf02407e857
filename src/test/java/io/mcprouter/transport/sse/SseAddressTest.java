package io.mcprouter.transport.sse;

import io.mcprouter.transport.AddressBehaviour;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Predicate;

/** Where connections of this transport go. */
class SseAddressTest extends AddressBehaviour {
  @Override
  protected String scheme() {
    return "mcp-sse";
  }

  @Override
  protected String server(Predicate<HttpServerRequest> gate) {
    ScriptedSse server = new ScriptedSse(vertx);
    server.gate = gate;
    return server.url();
  }
}
