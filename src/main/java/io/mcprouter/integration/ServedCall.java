package io.mcprouter.integration;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The call that a route serves: who made it, whether anybody still waits for it, and the way to the
 * client while it runs. Safe to use from any thread.
 */
public interface ServedCall {
  /** The exchange property that holds it. */
  String PROPERTY = "CamelMcpToolCall";

  /** The call that this exchange serves; null in a route that nobody called as a tool. */
  static @Nullable ServedCall of(Exchange exchange) {
    return exchange.getProperty(PROPERTY, ServedCall.class);
  }

  /** Who made the call. */
  Caller caller();

  /** Whether nobody waits any more: the client cancelled, or the time is up. */
  boolean isStopped();

  /**
   * Runs {@code action} once when the call is stopped; at once where it is stopped already, and
   * never where it ends by itself. From any thread: it must not block.
   */
  void onStop(Runnable action);

  /**
   * Tells the client how far the work is, where it asked to be told.
   *
   * @param progress grows with each message
   * @param total what {@code progress} grows to; null where that is not known
   * @param message for people; null for none
   */
  void progress(double progress, @Nullable Double total, @Nullable String message);

  /**
   * Sends the client a log message, where it wants those of that level.
   *
   * @param level one of MCP's, {@code debug} to {@code emergency}
   * @param logger what it is about, mostly the route's id
   * @param json the message itself, as JSON
   */
  void log(String level, String logger, String json);

  /** Where messages of the call go, for components that pass on a server's own. */
  CallStream stream();
}
