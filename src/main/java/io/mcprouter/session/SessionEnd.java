package io.mcprouter.session;

/** Why a session was closed. */
public enum SessionEnd {
  /** Nobody used it for the idle time. */
  IDLE("idle"),
  /** It was idle, and a limit asked for its place. */
  EVICTED("evicted"),
  /** The server or the network closed it. */
  LOST("lost"),
  /** The server's entry was changed or removed, or somebody asked for it to be closed. */
  DRAINED("drained"),
  /** The client session that it belonged to is over. */
  CLIENT_GONE("client_gone"),
  /** The router stops. */
  SHUTDOWN("shutdown");

  private final String label;

  SessionEnd(String label) {
    this.label = label;
  }

  /** The reason as a meter's label. */
  public String label() {
    return label;
  }
}
