package io.mcprouter.integration.resource;

import io.mcprouter.integration.server.RoutesConstants;
import org.apache.camel.spi.Metadata;

/** The exchange headers that {@code mcp-resource} knows. */
public final class ResourceConstants {
  public static final String SCHEME = "mcp-resource";

  @Metadata(
      label = "consumer",
      description = "In: the MCP server that the resource was read in",
      javaType = "String")
  public static final String SERVER = RoutesConstants.SERVER;

  @Metadata(
      label = "consumer",
      description = "In: the id of the user who reads; empty for the router itself",
      javaType = "String")
  public static final String USER = RoutesConstants.USER;

  @Metadata(
      description =
          "The URI: that is read, where a route serves it; that is another now, where an update is"
              + " announced",
      javaType = "String")
  public static final String RESOURCE = "CamelMcpResource";

  @Metadata(
      label = "consumer",
      description = "Out: the MIME type, where it is another than the option says",
      javaType = "String")
  public static final String CONTENT_TYPE = "CamelMcpContentType";

  private ResourceConstants() {}
}
