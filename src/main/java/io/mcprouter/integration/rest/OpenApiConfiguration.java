package io.mcprouter.integration.rest;

import io.mcprouter.integration.tool.ToolConfiguration;
import io.mcprouter.integration.tool.ToolTerms;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options of an {@code mcp-openapi} endpoint. */
@UriParams
public final class OpenApiConfiguration {
  private static final int DEFAULT_MAX_BYTES = 1 << 20;

  @UriParam(label = "consumer")
  @Metadata(supportFileReference = true)
  private @Nullable String specification;

  @UriParam(label = "consumer")
  private @Nullable String operations;

  @UriParam(label = "consumer", javaType = "java.time.Duration")
  private long timeout;

  @UriParam(label = "producer")
  private @Nullable String url;

  @UriParam(label = "producer", defaultValue = "1048576")
  private int maxBytes = DEFAULT_MAX_BYTES;

  public @Nullable String getSpecification() {
    return specification;
  }

  /**
   * The OpenAPI 3 document, JSON or YAML: file:, classpath:, or a URL, read when the route starts.
   * Its servers are not used.
   */
  public void setSpecification(@Nullable String specification) {
    this.specification = specification;
  }

  public @Nullable String getOperations() {
    return operations;
  }

  /** The operations that become tools: their ids between commas, or * for all that can. */
  public void setOperations(@Nullable String operations) {
    this.operations = operations;
  }

  public long getTimeout() {
    return timeout;
  }

  /** The most that a call may take, whatever it reports; without it, the server's limit. */
  public void setTimeout(long timeout) {
    this.timeout = timeout;
  }

  public @Nullable String getUrl() {
    return url;
  }

  /** Where the service is, with what all its paths begin with: http or https, without a query. */
  public void setUrl(@Nullable String url) {
    this.url = url;
  }

  public int getMaxBytes() {
    return maxBytes;
  }

  /** The largest answer in bytes; a larger one is a tool error. */
  public void setMaxBytes(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** What all tools have in common. */
  ToolConfiguration tool(ToolTerms terms) {
    ToolConfiguration tool = new ToolConfiguration(terms);
    tool.setTimeout(timeout);
    return tool;
  }
}
