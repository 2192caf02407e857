package io.mcprouter.transport.websocket;

import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.ConnectionTarget;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.RemoteFailures;
import io.mcprouter.transport.spi.RemoteRequests;
import io.mcprouter.transport.spi.RemoteTarget;
import io.mcprouter.transport.spi.Wire;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.vertx.core.Context;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Opens websockets to servers: the handshake carries the target's headers. */
final class WebsocketConnector implements Wire.Opener {
  private static final List<String> SUBPROTOCOL = List.of("mcp");

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
    WebSocketClient client =
        component.client(options.server(), configuration, options.limits().maxMessageBytes());
    long limit = options.initTimeout().toMillis();
    WebSocketConnectOptions handshake =
        RemoteRequests.address(options.server(), target, new WebSocketConnectOptions());
    // the origin of a page is what a browser has to tell: this is no browser
    handshake.setAllowOriginHeader(false).setSubProtocols(SUBPROTOCOL);
    handshake.setConnectTimeout(limit).setTimeout(limit);
    Context context = component.newContext();
    CompletableFuture<Wire> opened = new CompletableFuture<>();
    context.runOnContext(
        none ->
            client
                .connect(handshake)
                .onSuccess(socket -> opened.complete(wire(context, socket, options, listener)))
                .onFailure(
                    cause ->
                        opened.completeExceptionally(
                            unreachable(options.server(), target, cause))));
    return opened;
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

  private static McpFailure unreachable(String server, RemoteTarget target, Throwable cause) {
    if (!(cause instanceof WebSocketHandshakeException)) {
      return RemoteFailures.unreachable(server, target, cause);
    }
    boolean otherProtocol = String.valueOf(cause.getMessage()).contains("subprotocol");
    return McpFailure.unavailable(
        server,
        target.hostAndPort()
            + (otherProtocol
                ? " does not speak the websocket subprotocol mcp"
                : " did not complete the websocket handshake"));
  }
}
