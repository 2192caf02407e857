package io.mcprouter.transport.websocket;

import io.mcprouter.transport.AddressBehaviour;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Predicate;

/** Where connections of this transport go. */
class WebsocketAddressTest extends AddressBehaviour {
  WebsocketAddressTest() {
    super("mcp-websocket");
  }

  @Override
  protected String server(HttpServerOptions options, Predicate<HttpServerRequest> gate) {
    ScriptedWebsocket server = new ScriptedWebsocket(vertx, options);
    server.gate = gate;
    return server.url();
  }
}
