package io.mcprouter.transport.websocket;

import io.mcprouter.transport.AddressBehaviour;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Predicate;

/** Where connections of this transport go. */
class WebsocketAddressTest extends AddressBehaviour {
  @Override
  protected String scheme() {
    return "mcp-websocket";
  }

  @Override
  protected String server(Predicate<HttpServerRequest> gate) {
    ScriptedWebsocket server = new ScriptedWebsocket(vertx);
    server.gate = gate;
    return server.url();
  }
}
