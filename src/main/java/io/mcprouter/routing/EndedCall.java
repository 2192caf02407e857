package io.mcprouter.routing;

import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import org.jspecify.annotations.Nullable;

/**
 * A call that went into a server's route and came out of it. What costs something to find out is
 * found out when it is asked for.
 */
public interface EndedCall {
  /** The name of a server that ran when the call began. */
  String server();

  /** The message as the server was to get it, with the server's own names. */
  Frame request();

  /** The method as the client wrote it, known or not. */
  String method();

  Caller caller();

  /**
   * The trace that the client's request belongs to (W3C trace context); null where it says none.
   */
  @Nullable String traceparent();

  CallOutcome outcome();

  /** The code of the JSON-RPC error that the client is told; null where there is none. */
  @Nullable Integer errorCode();

  /** From entering the route to leaving it, in nanoseconds. */
  long nanos();
}
