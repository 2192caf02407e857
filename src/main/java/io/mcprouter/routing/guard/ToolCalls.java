package io.mcprouter.routing.guard;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.Methods;
import io.mcprouter.transport.spi.McpCall;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What guardrails ask of the message on a server's route. Bound as {@code mcpToolCalls}, so that
 * templates can ask it too.
 */
public final class ToolCalls {
  /** Whether the message calls a tool; nothing else is guarded. */
  public boolean isCall(Exchange exchange) {
    Frame frame = frame(exchange);
    return frame.isRequest() && frame.method().equals(Methods.TOOLS_CALL);
  }

  /** Whether the message is answered with content: of a tool, a resource or a prompt. */
  public boolean isForContent(Exchange exchange) {
    Frame frame = frame(exchange);
    return frame.isRequest()
        && switch (frame.method()) {
          case Methods.TOOLS_CALL, Methods.RESOURCES_READ, Methods.PROMPTS_GET -> true;
          default -> false;
        };
  }

  /** Whether no step has answered yet, so that the message goes on towards the server. */
  public boolean isOpen(Exchange exchange) {
    return !frame(exchange).isReply();
  }

  /** Who calls: what is kept for each user is kept under this. */
  public String user(Exchange exchange) {
    return McpCall.of(exchange).caller().key();
  }

  /** The message on the exchange, also where a step has written it as text. */
  static Frame frame(Exchange exchange) {
    return Objects.requireNonNull(
        exchange.getMessage().getBody(Frame.class), "the message of a server's route is JSON-RPC");
  }

  /** The server's own name of the tool; the empty string where the call names none. */
  static String tool(Frame request) {
    String name = request.name();
    return name == null ? "" : name;
  }

  /** The arguments as the client wrote them, or null. */
  static @Nullable JsonSpan arguments(Frame request) {
    JsonSpan params = request.params();
    return params == null ? null : params.member("arguments");
  }
}
