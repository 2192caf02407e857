package io.mcprouter.transport.http;

import io.mcprouter.transport.spi.McpConstants;
import org.apache.camel.spi.Metadata;

/** The exchange headers that {@code mcp-http} knows. */
public final class HttpConstants {
  public static final String SCHEME = "mcp-http";

  @Metadata(
      label = "producer",
      description =
          "The method to call; the message body is then its params, or nothing. Without it the body is a whole"
              + " JSON-RPC message.",
      javaType = "String")
  public static final String METHOD = McpConstants.METHOD;

  private HttpConstants() {}
}
