package io.mcprouter.integration.call;

import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.McpCall;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Where the calls of routes go. In the router that is the catalog and its servers' routes; on its
 * own the component sends them to endpoints of the transports.
 */
public interface McpCalls {
  /**
   * Sends a request on behalf of the call's caller.
   *
   * @param request names the target as the route does
   * @param outcome is called exactly once, on any thread
   */
  void send(CallTarget target, Frame request, McpCall call, McpCall.Outcome outcome);

  /**
   * What the server says of a tool or prompt; null where the caller sees none of that name. Fails
   * with an {@link io.mcprouter.transport.spi.McpFailure}.
   */
  CompletableFuture<@Nullable Definition> definition(CallTarget target, Caller caller);

  /** The limit of a call where the route sets none; zero where the server has one of its own. */
  default Duration timeout() {
    return Duration.ZERO;
  }
}
