package io.mcprouter.transport.spi;

import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;

/**
 * Where a producer gets its connection. On its own a component opens one per endpoint; in the
 * router, sessions implement this port and give each user connections of their own.
 */
public interface McpConnections {
  /**
   * An open connection for the exchange's call. Completed already where one is at hand; fails with
   * an {@link McpFailure}.
   */
  CompletableFuture<McpConnection> acquire(Exchange exchange, McpEndpoint endpoint);

  /** Closes the connections that were opened for the endpoint. */
  CompletableFuture<Void> release(McpEndpoint endpoint);
}
