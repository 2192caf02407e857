package io.mcprouter.integration.prompt;

import java.util.Map;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options of an {@code mcp-prompt} endpoint. */
@UriParams
public final class PromptConfiguration {
  @UriParam(label = "consumer", defaultValue = "routes")
  private String server = "routes";

  @UriParam(label = "consumer")
  private @Nullable String title;

  @UriParam(label = "consumer")
  private @Nullable String description;

  @UriParam(label = "consumer")
  private @Nullable String icons;

  @UriParam(label = "consumer", prefix = "argument.", multiValue = true)
  private Map<String, Object> arguments = Map.of();

  @UriParam(label = "consumer", javaType = "java.time.Duration")
  private long timeout;

  public String getServer() {
    return server;
  }

  /**
   * The MCP server that the prompt belongs to; all routes that name the same one are one server.
   */
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

  /** What the prompt is for. */
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

  public Map<String, Object> getArguments() {
    return arguments;
  }

  /**
   * The arguments, all of them text: argument.NAME.description, .title, .required, and .enum
   * (values between commas).
   */
  public void setArguments(Map<String, Object> arguments) {
    this.arguments = arguments;
  }

  public long getTimeout() {
    return timeout;
  }

  /** The most milliseconds that the route may take; without it 30 s pass without progress. */
  public void setTimeout(long timeout) {
    this.timeout = timeout;
  }
}
