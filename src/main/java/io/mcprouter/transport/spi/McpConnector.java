package io.mcprouter.transport.spi;

import java.util.concurrent.CompletableFuture;

/** Opens connections over one transport. */
@FunctionalInterface
public interface McpConnector {
  /**
   * Connects and initializes. The future completes within {@link ConnectionOptions#initTimeout()},
   * with a connection or with an {@link McpFailure}; in the second case nothing is left open.
   */
  CompletableFuture<McpConnection> open(
      ConnectionTarget target, ConnectionOptions options, ConnectionListener listener);
}
