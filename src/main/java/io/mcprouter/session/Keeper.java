package io.mcprouter.session;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.ServerEvents;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpConnection;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;

/** What a session tells the one who keeps it, and what it gets from there. */
interface Keeper {
  void opened(Session session);

  void openFailed(Session session, McpFailure reason);

  /** The last one who held it let go. */
  void rested(Session session);

  /** It was draining and ended. */
  void drained(Session session);

  /** Its connection closed by itself, or was closed by us. */
  void lost(Session session, McpFailure reason);

  /** Somebody wants it closed. */
  void close(Session session);

  ServerEvents events();

  /** Nanoseconds of a clock that only goes forward. */
  long now();

  /**
   * Runs an action later.
   *
   * @return what calls it off
   */
  Runnable later(Duration delay, Runnable action);

  /** Sends a request of the router's own; it is cancelled when no answer comes in time. */
  void own(Session session, McpConnection connection, Frame request, McpCall.Departure answered);
}
