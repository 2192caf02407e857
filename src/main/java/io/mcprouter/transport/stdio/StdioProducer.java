package io.mcprouter.transport.stdio;

import io.mcprouter.transport.spi.McpConnections;
import io.mcprouter.transport.spi.McpProducer;

/** Sends messages to a server that runs as a child process. */
public final class StdioProducer extends McpProducer {
  StdioProducer(StdioEndpoint endpoint, McpConnections connections) {
    super(endpoint, connections);
  }
}
