package io.mcprouter.integration.event;

import org.apache.camel.spi.Metadata;

/** The exchange headers and properties that {@code mcp-events} sets. */
public final class EventsConstants {
  public static final String SCHEME = "mcp-events";

  @Metadata(
      label = "consumer",
      description = "What happened: list, resource, log, status or call",
      javaType = "String")
  public static final String EVENT = "CamelMcpEvent";

  @Metadata(label = "consumer", description = "The server", javaType = "String")
  public static final String SERVER = "CamelMcpServer";

  @Metadata(
      label = "consumer",
      description = "Of resource: the URI of what changed",
      javaType = "String")
  public static final String RESOURCE = "CamelMcpResource";

  @Metadata(
      label = "consumer",
      description = "Of call: the tool or prompt, by the server's own name",
      javaType = "String")
  public static final String TOOL = "CamelMcpTool";

  @Metadata(label = "consumer", description = "Of log: debug to emergency", javaType = "String")
  public static final String LOG_LEVEL = "CamelMcpLogLevel";

  @Metadata(
      label = "consumer",
      description =
          "Of status: connected, failed, lost, closed, added, changed or removed; of call: how it"
              + " ended",
      javaType = "String")
  public static final String STATUS = "CamelMcpStatus";

  @Metadata(
      label = "consumer",
      description = "When it happened, in milliseconds since 1970",
      javaType = "Long")
  public static final String TIMESTAMP = "CamelMessageTimestamp";

  /**
   * The exchange property with the key of the user whom it concerns, as a String; absent where it
   * concerns no single user. A property, since it is personal data.
   */
  public static final String USER = "CamelMcpUser";

  private EventsConstants() {}
}
