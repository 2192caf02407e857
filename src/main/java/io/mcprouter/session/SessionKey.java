package io.mcprouter.session;

import io.mcprouter.transport.spi.ConnectionTarget;
import io.mcprouter.transport.spi.McpCall;

/**
 * What makes a session another one. The user stands first: whoever has no right to a session cannot
 * name it.
 *
 * @param user the user's id; empty for the router's own sessions and for shared ones
 * @param server the server's name
 * @param digest {@link ConnectionTarget#digest()}: other values open another session
 * @param client the client session that may be asked on this session, empty for none
 */
record SessionKey(String user, String server, String digest, String client) {
  static SessionKey of(McpCall call, String server, ConnectionTarget target, boolean shared) {
    if (shared || call.caller().isApplication()) {
      return new SessionKey("", server, target.digest(), "");
    }
    String client = call.client().canBeAsked() ? call.client().session() : "";
    return new SessionKey(call.caller().key(), server, target.digest(), client);
  }

  boolean belongsToClient() {
    return !client.isEmpty();
  }

  /** Names the server alone. */
  @Override
  public String toString() {
    return "SessionKey[" + server + "]";
  }
}
