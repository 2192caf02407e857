package io.mcprouter.integration.tool;

import io.mcprouter.integration.server.ItemConfiguration;
import java.util.Map;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options of an {@code mcp-tool} endpoint; where Camel's {@code ai-tool} has one, its name. */
@UriParams
public final class ToolConfiguration extends ItemConfiguration {
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

  private final ToolTerms terms;

  /**
   * @param terms where it is shown, to whom
   */
  public ToolConfiguration(ToolTerms terms) {
    this.terms = terms;
  }

  /** Where it is shown, to whom; an endpoint has these options beside the others. */
  public ToolTerms getTerms() {
    return terms;
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
}
