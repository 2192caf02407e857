package io.mcprouter.routing.guard;

import io.mcprouter.protocol.Caller;

/** What a tool says of itself, as its server's list has it. Bound as {@code mcpToolHints}. */
@FunctionalInterface
public interface ToolHints {
  /** Where nothing is known. */
  ToolHints NONE = (server, caller, tool) -> Hints.UNKNOWN;

  /**
   * What is known of a tool; it may wait for the server's list for a moment.
   *
   * @param server the router's name of the server
   * @param tool the server's own name of the tool
   */
  Hints of(String server, Caller caller, String tool);

  /**
   * A tool's annotations; what a server does not say is not taken for true.
   *
   * @param readOnly it changes nothing
   * @param idempotent calling it again with the same arguments changes nothing more
   */
  record Hints(boolean readOnly, boolean idempotent) {
    public static final Hints UNKNOWN = new Hints(false, false);

    /** Whether a second call does no more than one. */
    public boolean mayRepeat() {
      return readOnly || idempotent;
    }
  }
}
