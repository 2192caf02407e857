package io.mcprouter.integration.resource;

import io.mcprouter.integration.server.ItemConfiguration;
import java.util.Map;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options of an {@code mcp-resource} endpoint. */
@UriParams
public final class ResourceConfiguration extends ItemConfiguration {
  @UriParam private @Nullable String uri;

  @UriParam(label = "consumer")
  private @Nullable String mimeType;

  @UriParam(label = "consumer", enums = "user,assistant")
  private @Nullable String audience;

  @UriParam(label = "consumer")
  private @Nullable Double priority;

  @UriParam(label = "consumer", prefix = "variable.", multiValue = true)
  private Map<String, Object> variables = Map.of();

  public @Nullable String getUri() {
    return uri;
  }

  /** The URI, or a URI template such as orders://{id}; SERVER://NAME by default. */
  public void setUri(@Nullable String uri) {
    this.uri = uri;
  }

  public @Nullable String getMimeType() {
    return mimeType;
  }

  /** What the content is, such as application/json. */
  public void setMimeType(@Nullable String mimeType) {
    this.mimeType = mimeType;
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
}
