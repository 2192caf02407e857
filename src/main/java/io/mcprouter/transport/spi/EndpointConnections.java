package io.mcprouter.transport.spi;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;

/**
 * One connection per endpoint, opened when first needed and again after it was lost: components on
 * their own.
 */
public final class EndpointConnections implements McpConnections {
  private final Map<McpEndpoint, CompletableFuture<McpConnection>> open = new ConcurrentHashMap<>();

  @Override
  public CompletableFuture<McpConnection> acquire(Exchange exchange, McpEndpoint endpoint) {
    return open.compute(
        endpoint,
        (key, before) -> before != null && usable(before) ? before : connect(exchange, key));
  }

  private static boolean usable(CompletableFuture<McpConnection> connection) {
    return !connection.isDone()
        || (!connection.isCompletedExceptionally() && connection.join().isOpen());
  }

  private static CompletableFuture<McpConnection> connect(Exchange exchange, McpEndpoint endpoint) {
    try {
      ConnectionTarget target = endpoint.target(exchange);
      return endpoint
          .connector()
          .open(target, endpoint.connectionOptions(), ConnectionListener.NONE);
    } catch (McpFailure failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  @Override
  public CompletableFuture<Void> release(McpEndpoint endpoint) {
    CompletableFuture<McpConnection> connection = open.remove(endpoint);
    return connection == null
        ? CompletableFuture.completedFuture(null)
        : connection
            .handle((opened, thrown) -> opened)
            .thenCompose(
                opened ->
                    opened == null ? CompletableFuture.completedFuture(null) : opened.close());
  }
}
