package io.mcprouter.integration.call;

import io.mcprouter.catalog.Catalog;
import io.mcprouter.catalog.ListKind;
import io.mcprouter.catalog.Target;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The router's own servers, as the catalog shows them to the caller: what access rules and tool
 * rules hide is not called.
 */
public final class CatalogCalls implements McpCalls {
  private final Catalog catalog;
  private final ServerCalls servers;

  public CatalogCalls(Catalog catalog, ServerCalls servers) {
    this.catalog = catalog;
    this.servers = servers;
  }

  private static View view(CallTarget target) {
    String server = target.server();
    return server == null ? View.EVERYTHING : new View.Server(server);
  }

  @Override
  public void send(CallTarget target, Frame request, McpCall call, McpCall.Outcome outcome) {
    View view = view(target);
    Caller caller = call.caller();
    String name = target.name();
    Consumer<@Nullable Target> found = at -> send(at, target, request, call, outcome);
    switch (target.kind()) {
      case TOOL -> catalog.tool(view, caller, name, found);
      case PROMPT -> catalog.prompt(view, caller, name, found);
      case RESOURCE ->
          catalog.resource(
              view,
              caller,
              name,
              server -> found.accept(server == null ? null : new Target(server, name)));
    }
  }

  private void send(
      @Nullable Target at,
      CallTarget target,
      Frame request,
      McpCall call,
      McpCall.Outcome outcome) {
    if (at == null) {
      refuse(target, request, call, outcome);
    } else {
      boolean sameName = at.name().equals(target.name());
      servers.send(at.server(), sameName ? request : request.withName(at.name()), call, outcome);
    }
  }

  private void refuse(CallTarget target, Frame request, McpCall call, McpCall.Outcome outcome) {
    McpFailure why = why(target, call.caller());
    int code =
        why.kind() == McpFailure.Kind.FORBIDDEN ? ErrorCodes.FORBIDDEN : ErrorCodes.INVALID_PARAMS;
    servers.refused(new RefusedCall(call.caller(), request, code, call.traceparent()));
    outcome.accept(null, why);
  }

  /** What is hidden and what is not there look alike, but to the author of a route. */
  private McpFailure why(CallTarget target, Caller caller) {
    View view = view(target);
    String server = target.serverName();
    if (!catalog.serves(view) && catalog.resolve(view, caller) == null) {
      return McpFailure.of(
          McpFailure.Kind.NOT_CONFIGURED, server, "there is no such server, or it cannot be used");
    }
    Set<String> scopes =
        target.kind() == CallKind.TOOL
            ? catalog.missingScopes(view, caller, target.name())
            : Set.of();
    String what = scopes.isEmpty() ? "" : " (it needs the scope " + String.join(" ", scopes) + ")";
    return McpFailure.of(
        McpFailure.Kind.FORBIDDEN,
        server,
        "this caller sees no " + target.kind().word() + " '" + target.name() + "'" + what);
  }

  @Override
  public CompletableFuture<@Nullable Definition> definition(CallTarget target, Caller caller) {
    ListKind kind = target.kind() == CallKind.TOOL ? ListKind.TOOLS : ListKind.PROMPTS;
    CompletableFuture<@Nullable Definition> answer = new CompletableFuture<>();
    catalog.definition(
        view(target), kind, caller, target.name(), json -> complete(answer, target, json));
    return answer;
  }

  private static void complete(
      CompletableFuture<@Nullable Definition> answer, CallTarget target, byte @Nullable [] json) {
    try {
      answer.complete(
          json == null ? null : new Definition(JsonSpan.parse(json, Frame.DEFAULT_MAX_DEPTH)));
    } catch (MalformedMessage e) {
      answer.completeExceptionally(
          McpFailure.violation(target.serverName(), "its list has no JSON: " + e.getMessage()));
    }
  }
}
