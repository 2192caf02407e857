package io.mcprouter.integration.resource;

import java.util.Map;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options of an {@code mcp-resource} endpoint. */
@UriParams
public final class ResourceConfiguration {
  @UriParam(defaultValue = "routes")
  private String server = "routes";

  @UriParam private @Nullable String uri;

  @UriParam(label = "consumer")
  private @Nullable String title;

  @UriParam(label = "consumer")
  private @Nullable String description;

  @UriParam(label = "consumer")
  private @Nullable String mimeType;

  @UriParam(label = "consumer")
  private @Nullable String icons;

  @UriParam(label = "consumer", enums = "user,assistant")
  private @Nullable String audience;

  @UriParam(label = "consumer")
  private @Nullable Double priority;

  @UriParam(label = "consumer", prefix = "variable.", multiValue = true)
  private Map<String, Object> variables = Map.of();

  @UriParam(label = "consumer", javaType = "java.time.Duration")
  private long timeout;

  public String getServer() {
    return server;
  }

  /**
   * The MCP server that the resource belongs to; all routes that name the same one are one server.
   */
  public void setServer(String server) {
    this.server = server;
  }

  public @Nullable String getUri() {
    return uri;
  }

  /** The URI, or a URI template such as orders://{id}; SERVER://NAME by default. */
  public void setUri(@Nullable String uri) {
    this.uri = uri;
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

  /** What the resource holds. */
  public void setDescription(@Nullable String description) {
    this.description = description;
  }

  public @Nullable String getMimeType() {
    return mimeType;
  }

  /** What the content is, such as application/json. */
  public void setMimeType(@Nullable String mimeType) {
    this.mimeType = mimeType;
  }

  public @Nullable String getIcons() {
    return icons;
  }

  /** A URL or data URI of an image, or a JSON array of MCP's icons: #bean, file:, inline. */
  public void setIcons(@Nullable String icons) {
    this.icons = icons;
  }

  public @Nullable String getAudience() {
    return audience;
  }

  /** Whom it is for, between commas: user, assistant. */
  public void setAudience(@Nullable String audience) {
    this.audience = audience;
  }

  public @Nullable Double getPriority() {
    return priority;
  }

  /** How important it is, from 0 to 1. */
  public void setPriority(@Nullable Double priority) {
    this.priority = priority;
  }

  public Map<String, Object> getVariables() {
    return variables;
  }

  /** The values that a variable of the template can have: variable.NAME.enum, between commas. */
  public void setVariables(Map<String, Object> variables) {
    this.variables = variables;
  }

  public long getTimeout() {
    return timeout;
  }

  /** The most milliseconds that reading may take; without it 30 s pass without progress. */
  public void setTimeout(long timeout) {
    this.timeout = timeout;
  }
}
