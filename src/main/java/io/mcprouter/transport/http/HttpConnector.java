package io.mcprouter.transport.http;

import io.mcprouter.transport.spi.ConnectionListener;
import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.ConnectionTarget;
import io.mcprouter.transport.spi.McpConnection;
import io.mcprouter.transport.spi.McpConnector;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.PinnedAddress;
import io.mcprouter.transport.spi.RemoteTarget;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Opens sessions with streamable HTTP servers (transports, streamable HTTP). */
final class HttpConnector implements McpConnector {
  private final HttpComponent component;
  private final HttpConfiguration configuration;

  HttpConnector(HttpComponent component, HttpConfiguration configuration) {
    this.component = component;
    this.configuration = configuration;
  }

  @Override
  public CompletableFuture<McpConnection> open(
      ConnectionTarget target, ConnectionOptions options, ConnectionListener listener) {
    if (!(target instanceof RemoteTarget remote)) {
      return CompletableFuture.failedFuture(
          McpFailure.of(
              McpFailure.Kind.NOT_CONFIGURED,
              options.server(),
              "mcp-http needs a url, and the target is a process"));
    }
    HttpConnection connection;
    try {
      HttpClients clients = component.clients(options.server(), configuration);
      PinnedAddress address = component.address(options.server(), remote);
      connection = new HttpConnection(clients, remote, address, options, listener);
    } catch (McpFailure failure) {
      return CompletableFuture.failedFuture(failure);
    }
    return connection
        .open()
        .orTimeout(options.initTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(thrown -> giveUp(connection, options, thrown));
  }

  private static CompletableFuture<McpConnection> giveUp(
      HttpConnection connection, ConnectionOptions options, Throwable thrown) {
    boolean late =
        thrown instanceof TimeoutException || thrown.getCause() instanceof TimeoutException;
    McpFailure failure =
        late
            ? McpFailure.unavailable(
                options.server(),
                "not initialized within " + options.initTimeout().toMillis() + " ms (initTimeout)")
            : McpFailure.from(thrown, options.server());
    return connection
        .close()
        .handle((none, ignored) -> Boolean.TRUE)
        .thenCompose(none -> CompletableFuture.failedFuture(failure));
  }
}
