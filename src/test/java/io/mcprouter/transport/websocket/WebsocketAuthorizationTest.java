package io.mcprouter.transport.websocket;

import io.mcprouter.transport.AuthorizationBehaviour;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Predicate;

/** The right to use a server, over this transport. */
class WebsocketAuthorizationTest extends AuthorizationBehaviour {
  @Override
  protected String endpoint(Predicate<HttpServerRequest> gate) {
    ScriptedWebsocket server = new ScriptedWebsocket(vertx);
    server.gate = gate;
    return endpointUri("mcp-websocket:weather", server.url(), "header.Authorization=Basic own");
  }
}
