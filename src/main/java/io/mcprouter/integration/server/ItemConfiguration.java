package io.mcprouter.integration.server;

import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options that all have in common which a route can offer: tools, resources and prompts. */
@UriParams
public abstract class ItemConfiguration {
  private static final String DEFAULT_SERVER = "routes";

  @UriParam(defaultValue = DEFAULT_SERVER)
  private String server = DEFAULT_SERVER;

  @UriParam(label = "consumer")
  private @Nullable String title;

  @UriParam(label = "consumer")
  private @Nullable String description;

  @UriParam(label = "consumer")
  private @Nullable String icons;

  @UriParam(label = "consumer", javaType = "java.time.Duration")
  private long timeout;

  public String getServer() {
    return server;
  }

  /** The MCP server that it belongs to; all routes that name the same one are one server. */
  public void setServer(String server) {
    this.server = server;
  }

  public @Nullable String getTitle() {
    return title;
  }

  /** The name for people. */
  public void setTitle(@Nullable String title) {
    this.title = title;
  }

  public @Nullable String getDescription() {
    return description;
  }

  /**
   * What a tool does, for the model that decides whether to call it (the name by default), what a
   * resource holds, or what a prompt is for.
   */
  public void setDescription(@Nullable String description) {
    this.description = description;
  }

  public @Nullable String getIcons() {
    return icons;
  }

  /** A URL or data URI of an image, or a JSON array of MCP's icons: #bean, file:, inline. */
  public void setIcons(@Nullable String icons) {
    this.icons = icons;
  }

  public long getTimeout() {
    return timeout;
  }

  /** The most milliseconds that the route may take; without it 30 s pass without progress. */
  public void setTimeout(long timeout) {
    this.timeout = timeout;
  }
}
