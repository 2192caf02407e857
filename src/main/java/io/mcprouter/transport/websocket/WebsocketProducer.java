package io.mcprouter.transport.websocket;

import io.mcprouter.transport.spi.McpConnections;
import io.mcprouter.transport.spi.McpProducer;

/** Sends messages to a websocket server. */
final class WebsocketProducer extends McpProducer {
  WebsocketProducer(WebsocketEndpoint endpoint, McpConnections connections) {
    super(endpoint, connections);
  }
}
