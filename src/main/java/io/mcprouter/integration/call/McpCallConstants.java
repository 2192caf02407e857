package io.mcprouter.integration.call;

import io.mcprouter.integration.McpResult;
import org.apache.camel.spi.Metadata;

/** The exchange headers and properties that {@code mcp-call} knows. */
public final class McpCallConstants {
  public static final String SCHEME = "mcp-call";

  @Metadata(
      label = "producer",
      description = "The server, where the URI names none",
      javaType = "String")
  public static final String SERVER = "CamelMcpServer";

  @Metadata(
      label = "producer",
      description = "The tool, where the URI names none",
      javaType = "String")
  public static final String TOOL = "CamelMcpTool";

  @Metadata(
      label = "producer",
      description = "The resource's URI, where the endpoint names none",
      javaType = "String")
  public static final String RESOURCE = "CamelMcpResource";

  @Metadata(
      label = "producer",
      description = "The prompt, where the URI names none",
      javaType = "String")
  public static final String PROMPT = "CamelMcpPrompt";

  @Metadata(
      label = "producer",
      description = "Limit of this call in milliseconds, in place of the option",
      javaType = "Long")
  public static final String TIMEOUT = "CamelMcpTimeout";

  @Metadata(
      label = "producer",
      description = "After the call: whether the tool says that it failed",
      javaType = "Boolean")
  public static final String IS_ERROR = "CamelMcpIsError";

  @Metadata(
      label = "producer",
      description = "After the call: the whole result, whatever the body is",
      javaType = "io.mcprouter.integration.McpResult")
  public static final String RESULT = McpResult.HEADER;

  @Metadata(
      label = "producer",
      description = "After a call with result=blob: what the bytes are",
      javaType = "String")
  public static final String MIME_TYPE = "CamelMcpMimeType";

  @Metadata(
      label = "producer",
      description = "In the route of progress: how far the call is",
      javaType = "Double")
  public static final String PROGRESS = "CamelMcpProgress";

  @Metadata(
      label = "producer",
      description = "In the route of progress: what it grows to, where the server says so",
      javaType = "Double")
  public static final String TOTAL = "CamelMcpTotal";

  @Metadata(
      label = "producer",
      description = "In the route of log messages: debug to emergency",
      javaType = "String")
  public static final String LOG_LEVEL = "CamelMcpLogLevel";

  /**
   * The exchange property with the {@link io.mcprouter.protocol.Caller} on whose behalf to call. A
   * property, since headers can come from outside.
   */
  public static final String CALLER = "CamelMcpCaller";

  private McpCallConstants() {}
}
