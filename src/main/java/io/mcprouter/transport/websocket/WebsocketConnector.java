package io.mcprouter.transport.websocket;

import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.ConnectionTarget;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.PinnedAddress;
import io.mcprouter.transport.spi.RemoteTarget;
import io.mcprouter.transport.spi.Wire;
import io.vertx.core.Context;
import io.vertx.core.http.WebSocket;
import java.util.concurrent.CompletableFuture;

/** Opens websockets to servers: the handshake carries the target's headers. */
final class WebsocketConnector implements Wire.Opener {
  private final WebsocketComponent component;
  private final WebsocketConfiguration configuration;

  WebsocketConnector(WebsocketComponent component, WebsocketConfiguration configuration) {
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
              "mcp-websocket needs a url, and the target is a process"));
    }
    try {
      return open(remote, options, listener);
    } catch (McpFailure failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private CompletableFuture<Wire> open(
      RemoteTarget target, ConnectionOptions options, Wire.Listener listener) throws McpFailure {
    int maxBytes = options.limits().maxMessageBytes();
    WebsocketHandshake.Clients clients =
        name -> component.client(options.server(), configuration, maxBytes, name);
    clients.of(null); // what is wrong with the options is told at once
    PinnedAddress address = component.address(options.server(), target);
    Context context = component.newContext();
    WebsocketHandshake handshake =
        new WebsocketHandshake(clients, target, address, options, context);
    return handshake.shake().thenApply(socket -> wire(context, socket, options, listener));
  }

  private Wire wire(
      Context context, WebSocket socket, ConnectionOptions options, Wire.Listener listener) {
    WebsocketWire wire = new WebsocketWire(context, socket, options, listener);
    wire.listen();
    if (configuration.getPingInterval() > 0) {
      wire.ping(configuration.getPingInterval(), configuration.getPongTimeout());
    }
    return wire;
  }
}
