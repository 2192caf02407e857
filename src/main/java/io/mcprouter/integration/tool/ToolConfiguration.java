package io.mcprouter.integration.tool;

import java.util.Map;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options of an {@code mcp-tool} endpoint; where Camel's {@code ai-tool} has one, its name. */
@UriParams
public final class ToolConfiguration {
  static final String DEFAULT_SERVER = "routes";

  @UriParam(label = "consumer", defaultValue = DEFAULT_SERVER)
  private String server = DEFAULT_SERVER;

  @UriParam(label = "consumer")
  private @Nullable String description;

  @UriParam(label = "consumer")
  private @Nullable String title;

  @UriParam(label = "consumer", prefix = "parameter.", multiValue = true)
  private Map<String, Object> parameters = Map.of();

  @UriParam(label = "consumer")
  @Metadata(supportFileReference = true)
  private @Nullable String argSchema;

  @UriParam(label = "consumer")
  @Metadata(supportFileReference = true)
  private @Nullable String inputSchema;

  @UriParam(label = "consumer", prefix = "outputParameter.", multiValue = true)
  private Map<String, Object> outputParameters = Map.of();

  @UriParam(label = "consumer")
  @Metadata(supportFileReference = true)
  private @Nullable String outputSchema;

  @UriParam(label = "consumer")
  private @Nullable String tags;

  @UriParam(label = "consumer")
  private @Nullable String toolset;

  @UriParam(label = "consumer")
  private @Nullable String template;

  @UriParam(label = "consumer")
  private @Nullable String icons;

  @UriParam(label = "consumer", enums = "true,false")
  private @Nullable String readOnlyHint;

  @UriParam(label = "consumer", enums = "true,false")
  private @Nullable String destructiveHint;

  @UriParam(label = "consumer", enums = "true,false")
  private @Nullable String idempotentHint;

  @UriParam(label = "consumer", enums = "true,false")
  private @Nullable String openWorldHint;

  @UriParam(label = "consumer,advanced", enums = "true,false")
  private @Nullable String returnDirect;

  @UriParam(label = "consumer,security", prefix = "access.", multiValue = true)
  private Map<String, Object> access = Map.of();

  @UriParam(label = "consumer", javaType = "java.time.Duration")
  private long timeout;

  public String getServer() {
    return server;
  }

  /** The MCP server that the tool belongs to; all routes that name the same one are one server. */
  public void setServer(String server) {
    this.server = server;
  }

  public @Nullable String getDescription() {
    return description;
  }

  /** What the tool does, for the model that decides whether to call it. The name by default. */
  public void setDescription(@Nullable String description) {
    this.description = description;
  }

  public @Nullable String getTitle() {
    return title;
  }

  /** The name for people. */
  public void setTitle(@Nullable String title) {
    this.title = title;
  }

  public Map<String, Object> getParameters() {
    return parameters;
  }

  /**
   * The arguments: parameter.NAME=TYPE (string, integer, number, boolean, array, object), and
   * parameter.NAME.description, .required, .enum (values between commas) and .default. Not together
   * with argSchema or inputSchema.
   */
  public void setParameters(Map<String, Object> parameters) {
    this.parameters = parameters;
  }

  public @Nullable String getArgSchema() {
    return argSchema;
  }

  /** The same as inputSchema, under the name that ai-tool has for it. */
  public void setArgSchema(@Nullable String argSchema) {
    this.argSchema = argSchema;
  }

  public @Nullable String getInputSchema() {
    return inputSchema;
  }

  /** A JSON schema of the arguments: #bean, classpath:, file:, or the JSON itself. */
  public void setInputSchema(@Nullable String inputSchema) {
    this.inputSchema = inputSchema;
  }

  public Map<String, Object> getOutputParameters() {
    return outputParameters;
  }

  /**
   * The members of a structured result: outputParameter.NAME=TYPE, and .description, .required,
   * .enum. Not together with outputSchema.
   */
  public void setOutputParameters(Map<String, Object> outputParameters) {
    this.outputParameters = outputParameters;
  }

  public @Nullable String getOutputSchema() {
    return outputSchema;
  }

  /** A JSON schema of the structured result: #bean, classpath:, file:, or the JSON itself. */
  public void setOutputSchema(@Nullable String outputSchema) {
    this.outputSchema = outputSchema;
  }

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

  /** Toolsets between commas that show the tool besides: those of the servers file, or new ones. */
  public void setToolset(@Nullable String toolset) {
    this.toolset = toolset;
  }

  public @Nullable String getTemplate() {
    return template;
  }

  /**
   * Route templates between commas that all calls of the tool's server pass, such as guardrails.
   */
  public void setTemplate(@Nullable String template) {
    this.template = template;
  }

  public @Nullable String getIcons() {
    return icons;
  }

  /** A URL or data URI of an image, or a JSON array of MCP's icons: #bean, file:, inline. */
  public void setIcons(@Nullable String icons) {
    this.icons = icons;
  }

  public @Nullable String getReadOnlyHint() {
    return readOnlyHint;
  }

  /** Whether the tool changes nothing. */
  public void setReadOnlyHint(@Nullable String readOnlyHint) {
    this.readOnlyHint = readOnlyHint;
  }

  public @Nullable String getDestructiveHint() {
    return destructiveHint;
  }

  /** Whether the tool may destroy something, and not only add to it. */
  public void setDestructiveHint(@Nullable String destructiveHint) {
    this.destructiveHint = destructiveHint;
  }

  public @Nullable String getIdempotentHint() {
    return idempotentHint;
  }

  /**
   * Whether a second call with the same arguments changes nothing more; it may then be repeated.
   */
  public void setIdempotentHint(@Nullable String idempotentHint) {
    this.idempotentHint = idempotentHint;
  }

  public @Nullable String getOpenWorldHint() {
    return openWorldHint;
  }

  /** Whether the tool deals with others than this system. */
  public void setOpenWorldHint(@Nullable String openWorldHint) {
    this.openWorldHint = openWorldHint;
  }

  public @Nullable String getReturnDirect() {
    return returnDirect;
  }

  /** Whether the result is to be shown as it is, without the model; published as a hint. */
  public void setReturnDirect(@Nullable String returnDirect) {
    this.returnDirect = returnDirect;
  }

  public Map<String, Object> getAccess() {
    return access;
  }

  /** Who may see and call the tool: access.roles (one of them) and access.scopes (all of them). */
  public void setAccess(Map<String, Object> access) {
    this.access = access;
  }

  public long getTimeout() {
    return timeout;
  }

  /** The most milliseconds that a call may take; without it 30 s pass without progress. */
  public void setTimeout(long timeout) {
    this.timeout = timeout;
  }
}
