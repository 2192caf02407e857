package io.mcprouter.transport.http;

import io.mcprouter.transport.spi.McpConnections;
import io.mcprouter.transport.spi.McpProducer;

/** Sends messages to a streamable HTTP server. */
final class HttpProducer extends McpProducer {
  HttpProducer(HttpEndpoint endpoint, McpConnections connections) {
    super(endpoint, connections);
  }
}
