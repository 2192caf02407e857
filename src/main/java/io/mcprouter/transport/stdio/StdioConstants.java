package io.mcprouter.transport.stdio;

import io.mcprouter.transport.spi.McpConstants;
import org.apache.camel.spi.Metadata;

/** Names that routes use with {@code mcp-stdio}. */
public final class StdioConstants {
  /** The component's URI scheme. */
  public static final String SCHEME = "mcp-stdio";

  @Metadata(
      label = "producer",
      description =
          "The method to call; the message body is then its params, or nothing. Without it the body is a whole JSON-RPC message.",
      javaType = "String")
  public static final String METHOD = McpConstants.METHOD;

  private StdioConstants() {}
}
