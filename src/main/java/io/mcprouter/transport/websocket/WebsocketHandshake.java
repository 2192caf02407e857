package io.mcprouter.transport.websocket;

import io.mcprouter.transport.spi.Attempts;
import io.mcprouter.transport.spi.Authorization;
import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.Destination;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.PinnedAddress;
import io.mcprouter.transport.spi.RemoteFailures;
import io.mcprouter.transport.spi.RemoteRequests;
import io.mcprouter.transport.spi.RemoteTarget;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The opening of a websocket: a handshake, and another one where the server refuses the caller's
 * right and a new one is to be had.
 */
final class WebsocketHandshake {
  private static final List<String> SUBPROTOCOL = List.of("mcp");

  private final Clients clients;
  private final RemoteTarget target;
  private final PinnedAddress address;
  private final ConnectionOptions options;
  private final Context context;
  private final @Nullable Attempts attempts;
  private final CompletableFuture<WebSocket> opened = new CompletableFuture<>();

  /** Gives the client for TLS with a name, or for connections to the name itself. */
  @FunctionalInterface
  interface Clients {
    WebSocketClient of(@Nullable String tlsName) throws McpFailure;
  }

  WebsocketHandshake(
      Clients clients,
      RemoteTarget target,
      PinnedAddress address,
      ConnectionOptions options,
      Context context) {
    this.clients = clients;
    this.target = target;
    this.address = address;
    this.options = options;
    this.context = context;
    Authorization right = target.authorization();
    this.attempts = right == null ? null : new Attempts(options.server(), right, context);
  }

  /** Completes on the context, so that what follows hears the first frame. */
  CompletableFuture<WebSocket> shake() {
    address.ready().whenComplete((none, thrown) -> context.runOnContext(now -> begin(thrown)));
    return opened;
  }

  private void begin(@Nullable Throwable unresolved) {
    if (unresolved != null) {
      opened.completeExceptionally(McpFailure.from(unresolved, options.server()));
    } else {
      attempt();
    }
  }

  private void attempt() {
    Future<@Nullable String> value =
        attempts == null ? Future.succeededFuture(null) : attempts.next();
    value.compose(this::connect).onSuccess(opened::complete).onFailure(this::refused);
  }

  private Future<WebSocket> connect(@Nullable String authorization) {
    long limit = options.initTimeout().toMillis();
    WebSocketConnectOptions handshake = new WebSocketConnectOptions();
    WebSocketClient client;
    try {
      RemoteRequests.address(options.server(), target, null, authorization, handshake);
      client = client(address.current(), handshake);
    } catch (McpFailure failure) {
      return Future.failedFuture(failure);
    }
    // the origin of a page is what a browser has to tell: this is no browser
    handshake.setAllowOriginHeader(false).setSubProtocols(SUBPROTOCOL);
    handshake.setConnectTimeout(limit).setTimeout(limit);
    return client.connect(handshake);
  }

  /** Vert.x's websocket client knows one host alone: the address, where one was judged. */
  private WebSocketClient client(@Nullable SocketAddress at, WebSocketConnectOptions handshake)
      throws McpFailure {
    if (at == null) {
      return clients.of(null);
    }
    String ip = at.hostAddress();
    handshake.setHost(ip.indexOf(':') >= 0 ? "[" + ip + "]" : ip);
    handshake.putHeader(HttpHeaders.HOST, target.hostHeader());
    return clients.of(target.isSecure() ? Destination.of(target).host() : null);
  }

  private void refused(Throwable cause) {
    if (attempts != null
        && cause instanceof UpgradeRejectedException rejected
        && attempts.mayRepeat(rejected.getStatus(), rejected.getHeaders())) {
      attempts
          .refused(rejected.getStatus(), rejected.getHeaders())
          .onSuccess(remedied -> attempt())
          .onFailure(opened::completeExceptionally);
    } else {
      opened.completeExceptionally(failure(cause));
    }
  }

  private McpFailure failure(Throwable cause) {
    if (!(cause instanceof WebSocketHandshakeException)) {
      if (!(cause instanceof McpFailure) && !(cause instanceof UpgradeRejectedException)) {
        address.disappointed();
      }
      return RemoteFailures.unreachable(options.server(), target, cause);
    }
    boolean otherProtocol = String.valueOf(cause.getMessage()).contains("subprotocol");
    return McpFailure.unavailable(
        options.server(),
        target.hostAndPort()
            + (otherProtocol
                ? " does not speak the websocket subprotocol mcp"
                : " did not complete the websocket handshake"));
  }
}
