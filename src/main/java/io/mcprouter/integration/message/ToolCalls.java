package io.mcprouter.integration.message;

import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.McpCall;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Where the calls of messages go. */
public interface ToolCalls {
  /**
   * Sends a call of a tool on behalf of the call's caller.
   *
   * @param server null for everything that the caller sees, under public names
   * @param outcome is called exactly once, on any thread
   */
  void send(@Nullable String server, Frame request, McpCall call, McpCall.Outcome outcome);

  /**
   * Whether a tool declares that calling it twice does no more than calling it once; false where
   * that is not known.
   */
  CompletableFuture<Boolean> isRepeatable(@Nullable String server, String tool, Caller caller);
}
