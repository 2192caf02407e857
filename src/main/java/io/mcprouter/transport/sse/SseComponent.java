package io.mcprouter.transport.sse;

import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.RemoteComponent;
import io.vertx.core.Context;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/** Calls MCP servers over HTTP with server-sent events. */
@Component(SseConstants.SCHEME)
public final class SseComponent extends RemoteComponent {
  /** Each wire holds one connection for its stream and needs others for its messages. */
  private static final int CONNECTIONS_PER_HOST = 4096;

  /** Shorter than the five seconds after which widespread servers close an idle connection. */
  private static final int KEEP_ALIVE_SECONDS = 4;

  private final Map<ClientKey, HttpClient> clients = new HashMap<>();

  @Override
  protected Endpoint createEndpoint(
      String uri, String server, Map<String, Object> headers, Map<String, Object> parameters) {
    SseConfiguration configuration = new SseConfiguration();
    configuration.setHeaders(headers);
    return new SseEndpoint(uri, this, server, configuration);
  }

  /** Where a new wire lives. */
  Context newContext() {
    return vertx().getOrCreateContext();
  }

  /** The client that all endpoints with the same TLS parameters and client options share. */
  synchronized HttpClient client(String server, SseConfiguration configuration) throws McpFailure {
    ClientKey key =
        new ClientKey(configuration.getSslContextParameters(), configuration.getClientOptions());
    HttpClient client = clients.get(key);
    if (client == null) {
      client = vertx().createHttpClient(options(server, key), pool());
      clients.put(key, client);
    }
    return client;
  }

  private HttpClientOptions options(String server, ClientKey key) throws McpFailure {
    HttpClientOptions options =
        key.options == null
            ? new HttpClientOptions().setTcpNoDelay(true).setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
            : new HttpClientOptions(key.options);
    setUpTls(server, key.tls, options);
    return options;
  }

  private static PoolOptions pool() {
    return new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_HOST);
  }

  @Override
  protected void doStop() throws Exception {
    List<HttpClient> open;
    synchronized (this) {
      open = List.copyOf(clients.values());
      clients.clear();
    }
    open.forEach(HttpClient::close);
    super.doStop();
  }

  private record ClientKey(
      @Nullable SSLContextParameters tls, @Nullable HttpClientOptions options) {}
}
