package io.mcprouter.transport.websocket;

import io.mcprouter.transport.spi.RemoteConfiguration;
import io.vertx.core.http.WebSocketClientOptions;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options of an {@code mcp-websocket} endpoint. */
@UriParams
public final class WebsocketConfiguration extends RemoteConfiguration {
  @UriParam(defaultValue = "30000", javaType = "java.time.Duration")
  private long pingInterval = 30_000;

  @UriParam(defaultValue = "10000", javaType = "java.time.Duration")
  private long pongTimeout = 10_000;

  @UriParam(defaultValue = "2000", javaType = "java.time.Duration", label = "advanced")
  private long closeTimeout = 2_000;

  @UriParam(label = "advanced")
  private @Nullable WebSocketClientOptions clientOptions;

  public long getPingInterval() {
    return pingInterval;
  }

  /** How often in milliseconds a ping frame goes to the server; 0 for never. */
  public void setPingInterval(long pingInterval) {
    this.pingInterval = pingInterval;
  }

  public long getPongTimeout() {
    return pongTimeout;
  }

  /**
   * How long in milliseconds the server may be silent after a ping before the connection counts as
   * dead and is closed. Any frame is a sign of life.
   */
  public void setPongTimeout(long pongTimeout) {
    this.pongTimeout = pongTimeout;
  }

  public long getCloseTimeout() {
    return closeTimeout;
  }

  /**
   * How long in milliseconds the server may take to answer the closing of the connection before it
   * is broken off; rounded up to whole seconds.
   */
  public void setCloseTimeout(long closeTimeout) {
    this.closeTimeout = closeTimeout;
  }

  public @Nullable WebSocketClientOptions getClientOptions() {
    return clientOptions;
  }

  /** Options for the Vert.x websocket client, where the others are not enough. */
  public void setClientOptions(@Nullable WebSocketClientOptions clientOptions) {
    this.clientOptions = clientOptions;
  }
}
