package io.mcprouter.transport.sse;

import io.mcprouter.transport.spi.RemoteConfiguration;
import io.vertx.core.http.HttpClientOptions;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options of an {@code mcp-sse} endpoint. */
@UriParams
public final class SseConfiguration extends RemoteConfiguration {
  @UriParam(label = "advanced")
  private @Nullable HttpClientOptions clientOptions;

  public @Nullable HttpClientOptions getClientOptions() {
    return clientOptions;
  }

  /** Options for the Vert.x HTTP client, where the others are not enough. */
  public void setClientOptions(@Nullable HttpClientOptions clientOptions) {
    this.clientOptions = clientOptions;
  }
}
