package io.mcprouter.routing;

import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.McpCall;

/** Sends messages to servers, through their routes. */
public interface ServerCalls {
  /** The servers as they run now. */
  RunningServers servers();

  /**
   * Sends a message into the route of a server.
   *
   * @param server the server's name; an unknown or failed one is told to {@code outcome} as a
   *     failure
   * @param message a request, whose reply {@code outcome} gets, or a notification, for which it
   *     gets neither reply nor failure once it is sent
   * @param outcome is called exactly once, on any thread
   */
  void send(String server, Frame message, McpCall call, McpCall.Outcome outcome);

  /** Tells the observers of a call that is sent nowhere. */
  void refused(RefusedCall call);
}
