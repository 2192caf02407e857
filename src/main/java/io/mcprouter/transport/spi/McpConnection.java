package io.mcprouter.transport.spi;

import io.mcprouter.protocol.Frame;
import java.util.concurrent.CompletableFuture;

/** An initialized conversation with a server. Safe to use from any thread. */
public interface McpConnection {
  /** What the server said in answer to {@code initialize}. */
  InitializeResult initialized();

  /**
   * Sends a request; the outcome reaches the call's listener, on any thread. The connection gives
   * it an id of its own.
   */
  void call(Frame request, McpCall call);

  /** Sends a notification; a connection that is closed drops it. */
  void notify(Frame notification);

  boolean isOpen();

  /**
   * Closes the conversation and what carries it; pending calls fail. Completes when nothing is left
   * of it.
   */
  CompletableFuture<Void> close();
}
