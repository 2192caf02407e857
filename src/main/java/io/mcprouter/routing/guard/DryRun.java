package io.mcprouter.routing.guard;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.transport.spi.McpCall;
import org.apache.camel.Exchange;

/**
 * The guardrail {@code dry-run}: calls of tools that do not declare that they only read are
 * answered with what would be called.
 */
public final class DryRun {
  private String server = "";
  private ToolHints hints = ToolHints.NONE;

  /** The router's name of the server, percent-encoded. */
  public void setServer(String encoded) {
    server = Names.decoded(encoded);
  }

  public void setHints(ToolHints source) {
    hints = source;
  }

  /** Answers the call, unless it only reads. */
  public void check(Exchange exchange) {
    Frame request = ToolCalls.frame(exchange);
    String tool = ToolCalls.tool(request);
    if (!hints.of(server, McpCall.of(exchange).caller(), tool).readOnly()) {
      JsonSpan arguments = ToolCalls.arguments(request);
      Answers.answer(
          exchange,
          "dry-run",
          "Dry run: nothing was called. The tool '"
              + tool
              + "' of server '"
              + server
              + "' would be called with these arguments: "
              + (arguments == null ? "{}" : arguments.json()));
    }
  }
}
