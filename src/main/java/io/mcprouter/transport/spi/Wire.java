package io.mcprouter.transport.spi;

import io.mcprouter.protocol.Batch;
import io.mcprouter.protocol.Frame;
import java.util.concurrent.CompletableFuture;

/**
 * A channel that carries whole messages in both directions: a child's standard streams, a
 * websocket, an SSE pair.
 */
public interface Wire {
  /**
   * Queues a message. Safe from any thread, never blocks, keeps the order.
   *
   * @param message the message; {@code framed} says whether it may hold line breaks between tokens
   * @return false when the wire is closed or more than {@link
   *     ConnectionOptions.Limits#maxQueuedBytes()} wait
   */
  boolean send(byte[] message);

  /**
   * Closes the channel and what is behind it. Completes when nothing is left. Safe to call again.
   */
  CompletableFuture<Void> close();

  /** Hears what comes over a wire. Called from the wire's own thread, one call after the other. */
  interface Listener extends Batch.Receiver {
    /** A message, its envelope read. */
    @Override
    void received(Frame message);

    /** Something that is no message; it was logged and skipped. */
    default void skipped() {}

    /**
     * A message that was queued did not reach the server, and the wire lives on. What waits for its
     * answer must not wait any longer.
     *
     * @param message the message as it was given to {@link Wire#send}
     * @param reason why; of the kind {@link McpFailure.Kind#SESSION_LOST} when the server no longer
     *     knows the wire
     */
    default void refused(byte[] message, McpFailure reason) {}

    /** The wire is gone; called once. */
    void closed(McpFailure reason);
  }

  /** Opens wires of one kind. */
  @FunctionalInterface
  interface Opener {
    /**
     * Opens a wire; fails with an {@link McpFailure}. The listener hears nothing before the future
     * is complete.
     */
    CompletableFuture<Wire> open(
        ConnectionTarget target, ConnectionOptions options, Listener listener);
  }
}
