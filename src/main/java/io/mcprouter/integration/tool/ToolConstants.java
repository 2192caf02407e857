package io.mcprouter.integration.tool;

import io.mcprouter.integration.server.RoutesConstants;
import org.apache.camel.spi.Metadata;

/** The exchange headers that {@code mcp-tool} knows. */
public final class ToolConstants {
  public static final String SCHEME = "mcp-tool";

  @Metadata(
      label = "consumer",
      description = "In: the MCP server that the tool was called in",
      javaType = "String")
  public static final String SERVER = RoutesConstants.SERVER;

  @Metadata(label = "consumer", description = "In: the tool's name", javaType = "String")
  public static final String TOOL = "CamelMcpTool";

  @Metadata(
      label = "consumer",
      description = "In: the id of the user who called; empty for the router itself",
      javaType = "String")
  public static final String USER = RoutesConstants.USER;

  @Metadata(
      label = "consumer",
      description = "Out: whether the result is a tool error; its body is then what went wrong",
      javaType = "Boolean")
  public static final String IS_ERROR = "CamelMcpIsError";

  @Metadata(
      label = "consumer",
      description =
          "Out: the MIME type of a body of bytes: an image, sound, or a resource of any other type",
      javaType = "String")
  public static final String CONTENT_TYPE = "CamelMcpContentType";

  @Metadata(
      label = "consumer",
      description = "Out: the URI of a body of bytes that is a resource",
      javaType = "String")
  public static final String RESOURCE = "CamelMcpResource";

  private ToolConstants() {}
}
