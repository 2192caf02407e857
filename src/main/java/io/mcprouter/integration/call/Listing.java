package io.mcprouter.integration.call;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.MalformedMessage;
import io.mcprouter.protocol.Messages;
import io.mcprouter.protocol.Methods;
import io.mcprouter.transport.spi.McpFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks a server for its whole list of tools or prompts, page after page. */
final class Listing {
  private static final int MOST_PAGES = 100;
  private static final byte[] ANY_ID = JsonText.number(1);

  private final CallTarget target;
  private final Function<Frame, CompletableFuture<Frame>> server;
  private final Map<String, Definition> known = new HashMap<>();

  Listing(CallTarget target, Function<Frame, CompletableFuture<Frame>> server) {
    this.target = target;
    this.server = server;
  }

  /** What the server lists, by name. Fails with an {@link McpFailure}. */
  CompletableFuture<Map<String, Definition>> all() {
    return from(null, MOST_PAGES);
  }

  private CompletableFuture<Map<String, Definition>> from(@Nullable String cursor, int pages) {
    return server
        .apply(request(cursor))
        .thenCompose(
            reply -> {
              JsonSpan result = reply.result();
              if (result == null) {
                return CompletableFuture.failedFuture(refused(reply));
              }
              add(result.member(target.kind() == CallKind.TOOL ? "tools" : "prompts"));
              String next = result.string("nextCursor");
              return next == null || pages == 1
                  ? CompletableFuture.completedFuture(Map.copyOf(known))
                  : from(next, pages - 1);
            });
  }

  private Frame request(@Nullable String cursor) {
    byte[] params =
        cursor == null ? null : Messages.join("{\"cursor\":", JsonText.quoted(cursor), "}");
    String method = target.kind() == CallKind.TOOL ? Methods.TOOLS_LIST : Methods.PROMPTS_LIST;
    try {
      return Frame.parse(Messages.request(ANY_ID, method, params));
    } catch (MalformedMessage e) {
      throw new IllegalStateException("a request of our own", e);
    }
  }

  private McpFailure refused(Frame reply) {
    return McpFailure.violation(
        target.serverName(),
        "it does not list its " + target.kind().word() + "s: " + McpErrorException.message(reply));
  }

  private void add(@Nullable JsonSpan items) {
    if (items != null) {
      for (JsonSpan item : items.elements()) {
        String name = item.string("name");
        if (name != null) {
          known.put(name, new Definition(item));
        }
      }
    }
  }
}
