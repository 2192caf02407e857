package io.mcprouter.transport.http;

import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.RemoteComponent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/** Calls MCP servers over streamable HTTP. */
@Component(HttpConstants.SCHEME)
public final class HttpComponent extends RemoteComponent {
  /** For each loop and host; as many as one session may have calls. */
  private static final int MOST_CALLS = 1_024;

  /** For each loop and host; each is short. */
  private static final int MOST_MESSAGES = 256;

  /** For each host; more than there are sessions with all servers, each of which has one. */
  private static final int MOST_STREAMS = 16_384;

  /** How many requests may wait for a connection; those that connect count as waiting too. */
  private static final int MOST_WAITING = 2 * MOST_CALLS;

  /** Shorter than the five seconds after which widespread servers close an idle connection. */
  private static final int KEEP_ALIVE_SECONDS = 4;

  /** As much of an answer as the system gives at once: smaller pieces only cost. */
  private static final int CHUNK_BYTES = 64 << 10;

  private final Map<ClientKey, HttpClients> clients = new HashMap<>();

  @Override
  protected Endpoint createEndpoint(
      String uri, String server, Map<String, Object> headers, Map<String, Object> parameters) {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setHeaders(headers);
    return new HttpEndpoint(uri, this, server, configuration);
  }

  /** The clients that all endpoints with the same TLS parameters and client options share. */
  synchronized HttpClients clients(String server, HttpConfiguration configuration)
      throws McpFailure {
    ClientKey key =
        new ClientKey(configuration.getSslContextParameters(), configuration.getClientOptions());
    HttpClients shared = clients.get(key);
    if (shared == null) {
      HttpClientOptions options = options(server, key);
      shared = new HttpClients(vertx(), options, pools(options));
      clients.put(key, shared);
    }
    return shared;
  }

  private HttpClientOptions options(String server, ClientKey key) throws McpFailure {
    HttpClientOptions options =
        key.options != null
            ? new HttpClientOptions(key.options)
            : new HttpClientOptions()
                .setMaxPoolSize(MOST_CALLS)
                .setMaxWaitQueueSize(MOST_WAITING)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setMaxChunkSize(CHUNK_BYTES)
                .setTcpNoDelay(true);
    setUpTls(server, key.tls, options);
    return options;
  }

  private static HttpClients.Pools pools(HttpClientOptions options) {
    PoolOptions calls = options.getPoolOptions();
    return new HttpClients.Pools(
        calls,
        new PoolOptions(calls).setHttp1MaxSize(MOST_MESSAGES).setMaxWaitQueueSize(MOST_WAITING),
        new PoolOptions(calls).setHttp1MaxSize(MOST_STREAMS).setMaxWaitQueueSize(MOST_WAITING));
  }

  @Override
  protected void doStop() throws Exception {
    List<HttpClients> open;
    synchronized (this) {
      open = List.copyOf(clients.values());
      clients.clear();
    }
    open.forEach(HttpClients::close);
    super.doStop();
  }

  private record ClientKey(
      @Nullable SSLContextParameters tls, @Nullable HttpClientOptions options) {}
}
