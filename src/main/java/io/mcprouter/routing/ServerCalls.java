package io.mcprouter.routing;

import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.McpCall;
import java.util.concurrent.CompletableFuture;

/** Sends messages to servers, through their routes. */
public interface ServerCalls {
  /** The servers as they run now. */
  RunningServers servers();

  /** The servers that a caller added, as far as they are known now; nobody else's. */
  default OwnServers own(Caller caller) {
    return OwnServers.NONE;
  }

  /**
   * Complete, mostly at once, when {@link #own} knows all of a caller's servers. Fails only of what
   * no code handles, such as too little memory.
   */
  default CompletableFuture<Void> known(Caller caller) {
    return CompletableFuture.completedFuture(null);
  }

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
