package io.mcprouter.transport.spi;

import org.apache.camel.spi.Metadata;

/** The exchange headers and properties that all MCP components know. */
public final class McpConstants {
  @Metadata(
      label = "producer",
      description =
          "The method to call; the message body is then its params, or nothing. Without it the body"
              + " is a whole JSON-RPC message.",
      javaType = "String")
  public static final String METHOD = "CamelMcpMethod";

  /**
   * The exchange property with the {@link ConnectionTarget} that takes the place of the endpoint's
   * options.
   */
  public static final String TARGET = "CamelMcpTarget";

  private McpConstants() {}
}
