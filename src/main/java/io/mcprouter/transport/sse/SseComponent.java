package io.mcprouter.transport.sse;

import io.mcprouter.transport.spi.Departures;
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
  /** For each host; more than there are sessions with all servers, each of which has one. */
  private static final int MOST_STREAMS = 16_384;

  /** For each host. */
  private static final int MOST_POSTS = 4_096;

  /** How many requests may wait for a connection; those that connect count as waiting too. */
  private static final int MOST_WAITING = MOST_STREAMS;

  /** Shorter than the five seconds after which widespread servers close an idle connection. */
  private static final int KEEP_ALIVE_SECONDS = 4;

  private final Map<ClientKey, SseClients> clients = new HashMap<>();

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

  /** The clients that all endpoints with the same TLS parameters and client options share. */
  synchronized SseClients clients(String server, SseConfiguration configuration) throws McpFailure {
    ClientKey key =
        new ClientKey(configuration.getSslContextParameters(), configuration.getClientOptions());
    SseClients shared = clients.get(key);
    if (shared == null) {
      HttpClientOptions options = options(server, key);
      shared = new SseClients(client(options, MOST_STREAMS), client(options, MOST_POSTS));
      clients.put(key, shared);
    }
    return shared;
  }

  private HttpClient client(HttpClientOptions options, int connections) {
    return vertx()
        .httpClientBuilder()
        .with(options)
        .with(new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(MOST_WAITING))
        .withConnectHandler(Departures::expect)
        .build();
  }

  private HttpClientOptions options(String server, ClientKey key) throws McpFailure {
    HttpClientOptions options =
        key.options == null
            ? new HttpClientOptions().setTcpNoDelay(true).setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
            : new HttpClientOptions(key.options);
    setUpTls(server, key.tls, options);
    return options;
  }

  @Override
  protected void doStop() throws Exception {
    List<SseClients> open;
    synchronized (this) {
      open = List.copyOf(clients.values());
      clients.clear();
    }
    open.forEach(SseClients::close);
    super.doStop();
  }

  private record ClientKey(
      @Nullable SSLContextParameters tls, @Nullable HttpClientOptions options) {}
}
