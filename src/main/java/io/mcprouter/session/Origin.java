package io.mcprouter.session;

import io.mcprouter.transport.spi.ConnectionListener;
import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.ConnectionTarget;
import io.mcprouter.transport.spi.McpConnection;
import io.mcprouter.transport.spi.McpConnector;
import io.mcprouter.transport.spi.ProcessTarget;
import java.util.concurrent.CompletableFuture;

/** All that it takes to open a session, and to open it again. */
record Origin(
    SessionKey key,
    String transport,
    McpConnector connector,
    ConnectionTarget target,
    ConnectionOptions options) {
  CompletableFuture<McpConnection> open(ConnectionListener listener) {
    return connector.open(target, options, listener);
  }

  boolean isChild() {
    return target instanceof ProcessTarget;
  }

  /** Names the server alone. */
  @Override
  public String toString() {
    return "Origin[" + key.server() + "]";
  }
}
