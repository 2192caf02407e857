package io.mcprouter.integration.message;

import java.util.Set;
import org.apache.camel.spi.Metadata;

/** The exchange headers and properties that {@code mcp-message} knows. */
public final class MessageConstants {
  public static final String SCHEME = "mcp-message";

  @Metadata(
      label = "check",
      description = "The name of the key that the message is signed with",
      javaType = "String")
  public static final String SIGNING_KEY = "McpKey";

  @Metadata(
      label = "check",
      description = "HMAC-SHA256 of the message's bytes with that key, in hexadecimal",
      javaType = "String")
  public static final String SIGNATURE = "McpSignature";

  @Metadata(
      label = "check",
      description =
          "Where the sender wants the answer, where the message itself does not say it: counts only"
              + " if it is one of replyAllowed. Set it from what the transport says, never let it in"
              + " from outside.",
      javaType = "String")
  public static final String WANTED_REPLY_TO = "CamelMcpWantedReplyTo";

  @Metadata(description = "The message's id, once it is checked", javaType = "String")
  public static final String ID = "CamelMcpMessageId";

  @Metadata(description = "The server that the message calls", javaType = "String")
  public static final String SERVER = "CamelMcpServer";

  @Metadata(description = "The tool that the message calls", javaType = "String")
  public static final String TOOL = "CamelMcpTool";

  @Metadata(
      description = "How the call ended: ok, tool-error, failed, refused, outcome-unknown, expired",
      javaType = "String")
  public static final String STATUS = "CamelMcpStatus";

  @Metadata(description = "The code of the answer's error", javaType = "String")
  public static final String ERROR = "CamelMcpErrorCode";

  @Metadata(description = "Where the answer goes", javaType = "String")
  public static final String REPLY_TO = "CamelMcpReplyTo";

  @Metadata(description = "The message's key, for the order of answers", javaType = "String")
  public static final String KEY = "CamelMcpMessageKey";

  @Metadata(
      description = "Whether the message is to be kept as a dead letter",
      javaType = "Boolean")
  public static final String DEAD = "CamelMcpDeadLetter";

  @Metadata(description = "On answers and dead letters: the message's id", javaType = "String")
  public static final String SENT_ID = "McpMessageId";

  @Metadata(description = "On answers and dead letters: how the call ended", javaType = "String")
  public static final String SENT_STATUS = "McpStatus";

  /** The exchange property with the {@link io.mcprouter.protocol.Caller} of the message. */
  public static final String CALLER = "CamelMcpCaller";

  /** The exchange property with the message, from its check on. */
  static final String MESSAGE = "CamelMcpMessage";

  /**
   * What stays of the headers that a message comes with: what transports say of it, and how they
   * are told that it is done. Everything else could steer a later step.
   */
  static final Set<String> KEPT =
      Set.of(
          "CamelKafkaManualCommit",
          "kafka.KEY",
          "kafka.TOPIC",
          "kafka.PARTITION",
          "kafka.OFFSET",
          "JMSCorrelationID",
          "JMSMessageID",
          "JMSReplyTo",
          "CamelFileName",
          "CamelFileNameOnly");

  private MessageConstants() {}
}
