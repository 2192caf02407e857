package io.mcprouter.transport.spi;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Frame;

/**
 * Hears what a server says outside of calls. Called from the connection's own thread, which must
 * not be held up.
 */
public interface ConnectionListener {
  /** Ignores notifications and declines questions: for connections that nobody listens to. */
  ConnectionListener NONE =
      new ConnectionListener() {
        @Override
        public void notified(Frame notification) {}

        @Override
        public void asked(Frame request, CallStream.Answer answer) {
          answer.decline("nobody listens to this connection");
        }

        @Override
        public void closed(McpFailure reason) {}
      };

  /** A notification that belongs to no single open call. */
  void notified(Frame notification);

  /** A request that belongs to no single open call. */
  void asked(Frame request, CallStream.Answer answer);

  /**
   * The connection is gone, by the server's doing or by {@link McpConnection#close()}; called once.
   */
  void closed(McpFailure reason);
}
