package io.mcprouter.transport.sse;

import io.mcprouter.transport.spi.McpConstants;
import org.apache.camel.spi.Metadata;

/** The scheme of {@code mcp-sse} and the exchange headers that it knows. */
public final class SseConstants {
  public static final String SCHEME = "mcp-sse";

  @Metadata(
      label = "producer",
      description =
          "The method to call; the message body is then its params, or nothing. Without it the body is a whole"
              + " JSON-RPC message.",
      javaType = "String")
  public static final String METHOD = McpConstants.METHOD;

  private SseConstants() {}
}
