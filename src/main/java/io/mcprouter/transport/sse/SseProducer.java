package io.mcprouter.transport.sse;

import io.mcprouter.transport.spi.McpConnections;
import io.mcprouter.transport.spi.McpProducer;

/** Sends messages to an SSE server. */
final class SseProducer extends McpProducer {
  SseProducer(SseEndpoint endpoint, McpConnections connections) {
    super(endpoint, connections);
  }
}
