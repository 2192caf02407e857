package io.mcprouter.transport.websocket;

import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.RemoteComponent;
import io.vertx.core.Context;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/** Calls MCP servers over websockets. */
@Component(WebsocketConstants.SCHEME)
public final class WebsocketComponent extends RemoteComponent {
  private static final int CONNECTIONS_PER_HOST = 4096;

  private final Map<ClientKey, WebSocketClient> clients = new HashMap<>();

  @Override
  protected Endpoint createEndpoint(
      String uri, String server, Map<String, Object> headers, Map<String, Object> parameters) {
    WebsocketConfiguration configuration = new WebsocketConfiguration();
    configuration.setHeaders(headers);
    return new WebsocketEndpoint(uri, this, server, configuration);
  }

  /** Where a new wire lives. */
  Context newContext() {
    return vertx().getOrCreateContext();
  }

  /**
   * The client that all endpoints with the same TLS parameters and bounds share.
   *
   * @param tlsName the name that TLS is with, where the connection goes to an address; null where
   *     it goes to the name
   */
  synchronized WebSocketClient client(
      String server,
      WebsocketConfiguration configuration,
      int maxMessageBytes,
      @Nullable String tlsName)
      throws McpFailure {
    ClientKey key =
        new ClientKey(
            configuration.getSslContextParameters(),
            configuration.getClientOptions(),
            maxMessageBytes,
            configuration.getCloseTimeout(),
            tlsName);
    WebSocketClient client = clients.get(key);
    if (client == null) {
      client = vertx().createWebSocketClient(options(server, key));
      clients.put(key, client);
    }
    return client;
  }

  private WebSocketClientOptions options(String server, ClientKey key) throws McpFailure {
    WebSocketClientOptions options =
        key.options == null
            ? new WebSocketClientOptions()
                .setTcpNoDelay(true)
                .setMaxConnections(CONNECTIONS_PER_HOST)
            : new WebSocketClientOptions(key.options);
    options
        .setMaxFrameSize(key.maxMessageBytes)
        .setMaxMessageSize(key.maxMessageBytes)
        .setClosingTimeout((int) Math.ceilDiv(key.closeTimeout, 1000L));
    setUpTls(server, key.tls, options);
    if (key.tlsName != null) {
      options.setSslEngineOptions(new NamedTls(key.tlsName));
    }
    return options;
  }

  @Override
  protected void doStop() throws Exception {
    List<WebSocketClient> open;
    synchronized (this) {
      open = List.copyOf(clients.values());
      clients.clear();
    }
    open.forEach(WebSocketClient::close);
    super.doStop();
  }

  private record ClientKey(
      @Nullable SSLContextParameters tls,
      @Nullable WebSocketClientOptions options,
      int maxMessageBytes,
      long closeTimeout,
      @Nullable String tlsName) {}
}
