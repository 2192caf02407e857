package io.mcprouter.integration.server;

import io.mcprouter.transport.spi.McpConstants;
import org.apache.camel.spi.Metadata;

/** The exchange headers of the components that make routes MCP servers. */
public final class RoutesConstants {
  public static final String SCHEME = "mcp-routes";

  @Metadata(
      label = "producer",
      description =
          "The method to call; the message body is then its params, or nothing. Without it the body is a whole"
              + " JSON-RPC message.",
      javaType = "String")
  public static final String METHOD = McpConstants.METHOD;

  /** The MCP server that the served call was made to. */
  public static final String SERVER = "CamelMcpServer";

  /** The id of the user who made the served call; empty for the application itself. */
  public static final String USER = "CamelMcpUser";

  private RoutesConstants() {}
}
