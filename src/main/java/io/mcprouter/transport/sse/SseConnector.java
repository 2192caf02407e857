package io.mcprouter.transport.sse;

import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.ConnectionTarget;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.PinnedAddress;
import io.mcprouter.transport.spi.RemoteTarget;
import io.mcprouter.transport.spi.Wire;
import java.util.concurrent.CompletableFuture;

/** Opens wires to SSE servers (transports, HTTP with SSE, revision 2024-11-05). */
final class SseConnector implements Wire.Opener {
  private final SseComponent component;
  private final SseConfiguration configuration;

  SseConnector(SseComponent component, SseConfiguration configuration) {
    this.component = component;
    this.configuration = configuration;
  }

  @Override
  public CompletableFuture<Wire> open(
      ConnectionTarget target, ConnectionOptions options, Wire.Listener listener) {
    if (!(target instanceof RemoteTarget remote)) {
      return CompletableFuture.failedFuture(
          McpFailure.of(
              McpFailure.Kind.NOT_CONFIGURED,
              options.server(),
              "mcp-sse needs a url, and the target is a process"));
    }
    try {
      SseClients clients = component.clients(options.server(), configuration);
      PinnedAddress address = component.address(options.server(), remote);
      return new SseWire(component.newContext(), clients, remote, address, options, listener)
          .open();
    } catch (McpFailure failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }
}
