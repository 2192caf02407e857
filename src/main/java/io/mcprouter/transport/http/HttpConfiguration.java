package io.mcprouter.transport.http;

import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.RemoteConfiguration;
import io.vertx.core.http.HttpClientOptions;
import java.time.Duration;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options of an {@code mcp-http} endpoint. */
@UriParams
public final class HttpConfiguration extends RemoteConfiguration {
  @UriParam(defaultValue = "300000", javaType = "java.time.Duration", label = "advanced")
  private long streamIdleTimeout = 300_000;

  @UriParam(label = "advanced")
  private @Nullable HttpClientOptions clientOptions;

  @Override
  public ConnectionOptions connectionOptions(String server) {
    return super.connectionOptions(server).withStreamIdle(Duration.ofMillis(streamIdleTimeout));
  }

  public long getStreamIdleTimeout() {
    return streamIdleTimeout;
  }

  /** How long in milliseconds the listening stream may be silent before it is opened anew. */
  public void setStreamIdleTimeout(long streamIdleTimeout) {
    this.streamIdleTimeout = streamIdleTimeout;
  }

  public @Nullable HttpClientOptions getClientOptions() {
    return clientOptions;
  }

  /** Options for the Vert.x HTTP clients, where the others are not enough. */
  public void setClientOptions(@Nullable HttpClientOptions clientOptions) {
    this.clientOptions = clientOptions;
  }
}
