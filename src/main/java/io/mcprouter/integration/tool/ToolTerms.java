package io.mcprouter.integration.tool;

import java.util.Map;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options that say where tools are shown, to whom, and what their calls pass. */
@UriParams
public final class ToolTerms {
  @UriParam(label = "consumer")
  private @Nullable String tags;

  @UriParam(label = "consumer")
  private @Nullable String toolset;

  @UriParam(label = "consumer")
  private @Nullable String template;

  @UriParam(label = "consumer,security", prefix = "access.", multiValue = true)
  private Map<String, Object> access = Map.of();

  public @Nullable String getTags() {
    return tags;
  }

  /** Words between commas, which clients find under _meta. */
  public void setTags(@Nullable String tags) {
    this.tags = tags;
  }

  public @Nullable String getToolset() {
    return toolset;
  }

  /** Toolsets between commas that show it besides: those of the servers file, or new ones. */
  public void setToolset(@Nullable String toolset) {
    this.toolset = toolset;
  }

  public @Nullable String getTemplate() {
    return template;
  }

  /** Route templates between commas that all calls of the server pass, such as guardrails. */
  public void setTemplate(@Nullable String template) {
    this.template = template;
  }

  public Map<String, Object> getAccess() {
    return access;
  }

  /** Who may see and call it: access.roles (one of them) and access.scopes (all of them). */
  public void setAccess(Map<String, Object> access) {
    this.access = access;
  }
}
