package io.mcprouter.integration.rest;

import io.mcprouter.integration.tool.ToolConstants;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Metadata;

/** The exchange headers that {@code mcp-openapi} knows. */
public final class OpenApiConstants {
  public static final String SCHEME = "mcp-openapi";

  @Metadata(
      label = "consumer",
      description = "In: the MCP server that the operation was called in",
      javaType = "String")
  public static final String SERVER = ToolConstants.SERVER;

  @Metadata(
      label = "consumer",
      description = "In: the tool's name, which is the operation's",
      javaType = "String")
  public static final String TOOL = ToolConstants.TOOL;

  @Metadata(
      label = "consumer",
      description = "In: the id of the user who called; empty for the router itself",
      javaType = "String")
  public static final String USER = ToolConstants.USER;

  @Metadata(label = "common", description = "The operation's HTTP method", javaType = "String")
  public static final String METHOD = Exchange.HTTP_METHOD;

  @Metadata(
      label = "common",
      description = "The operation's path with its parameters, percent-encoded",
      javaType = "String")
  public static final String PATH = Exchange.HTTP_PATH;

  @Metadata(
      label = "common",
      description = "The query parameters, percent-encoded",
      javaType = "String")
  public static final String QUERY = Exchange.HTTP_QUERY;

  @Metadata(
      label = "producer",
      description = "Out: whether the service answered with another status than 2xx",
      javaType = "Boolean")
  public static final String IS_ERROR = ToolConstants.IS_ERROR;

  @Metadata(
      label = "producer",
      description = "Out: the MIME type of the answer",
      javaType = "String")
  public static final String CONTENT_TYPE = ToolConstants.CONTENT_TYPE;

  private OpenApiConstants() {}
}
