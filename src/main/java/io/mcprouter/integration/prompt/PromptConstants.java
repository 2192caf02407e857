package io.mcprouter.integration.prompt;

import io.mcprouter.integration.server.RoutesConstants;
import org.apache.camel.spi.Metadata;

/** The exchange headers that {@code mcp-prompt} knows. */
public final class PromptConstants {
  public static final String SCHEME = "mcp-prompt";

  @Metadata(
      label = "consumer",
      description = "In: the MCP server that the prompt was asked of",
      javaType = "String")
  public static final String SERVER = RoutesConstants.SERVER;

  @Metadata(
      label = "consumer",
      description = "In: the id of the user who asks; empty for the router itself",
      javaType = "String")
  public static final String USER = RoutesConstants.USER;

  @Metadata(label = "consumer", description = "In: the prompt's name", javaType = "String")
  public static final String PROMPT = "CamelMcpPrompt";

  private PromptConstants() {}
}
