package io.mcprouter.integration.message;

import io.mcprouter.catalog.Catalog;
import io.mcprouter.catalog.ListKind;
import io.mcprouter.catalog.View;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.ErrorCodes;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.routing.RefusedCall;
import io.mcprouter.routing.ServerCalls;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpFailure;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The router's own servers, as the catalog shows them to the caller. */
public final class RoutedToolCalls implements ToolCalls {
  private final Catalog catalog;
  private final ServerCalls servers;

  public RoutedToolCalls(Catalog catalog, ServerCalls servers) {
    this.catalog = catalog;
    this.servers = servers;
  }

  private static View view(@Nullable String server) {
    return server == null ? View.EVERYTHING : new View.Server(server);
  }

  @Override
  public void send(@Nullable String server, Frame request, McpCall call, McpCall.Outcome outcome) {
    String tool = String.valueOf(request.name());
    catalog.tool(
        view(server),
        call.caller(),
        tool,
        found -> {
          if (found != null) {
            servers.send(found.server(), request.withName(found.name()), call, outcome);
          } else {
            servers.refused(
                new RefusedCall(
                    call.caller(), request, ErrorCodes.INVALID_PARAMS, call.traceparent()));
            outcome.accept(null, unknown(server, tool));
          }
        });
  }

  private static McpFailure unknown(@Nullable String server, String tool) {
    return McpFailure.of(
        McpFailure.Kind.FORBIDDEN,
        server == null ? "mcp-router" : server,
        "this caller sees no tool '" + tool + "'");
  }

  @Override
  public CompletableFuture<Boolean> isRepeatable(
      @Nullable String server, String tool, Caller caller) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    catalog.definition(
        view(server), ListKind.TOOLS, caller, tool, json -> answer.complete(isRepeatable(json)));
    return answer;
  }

  private static boolean isRepeatable(byte @Nullable [] definition) {
    try {
      JsonSpan annotations =
          definition == null
              ? null
              : JsonSpan.parse(definition, Frame.DEFAULT_MAX_DEPTH).member("annotations");
      return annotations != null
          && (says(annotations, "readOnlyHint") || says(annotations, "idempotentHint"));
    } catch (MalformedMessage e) {
      throw new IllegalStateException("an item of a list that was read before", e);
    }
  }

  private static boolean says(JsonSpan annotations, String hint) {
    JsonSpan value = annotations.member(hint);
    return value != null && value.isTrue();
  }
}
