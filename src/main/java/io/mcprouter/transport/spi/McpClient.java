package io.mcprouter.transport.spi;

import io.mcprouter.protocol.Revision;

/**
 * The client session that a call comes from.
 *
 * @param session the client session's id, empty where no client waits for the call
 * @param capabilities what a server may ask of the client ({@code sampling}, {@code elicitation},
 *     {@code roots}): a JSON object, {@code {}} for nothing
 * @param revision what the client understands of what the router itself writes
 */
public record McpClient(String session, String capabilities, Revision revision) {
  /** No client: the router's own calls, and those of routes. */
  public static final McpClient NONE = new McpClient("", "{}");

  /** A client that understands everything. */
  public McpClient(String session, String capabilities) {
    this(session, capabilities, Revision.LATEST);
  }

  /**
   * Whether a server may ask this client something, so that a session declared so is this client's
   * alone.
   */
  public boolean canBeAsked() {
    return !capabilities.equals("{}");
  }
}
