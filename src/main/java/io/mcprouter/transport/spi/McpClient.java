package io.mcprouter.transport.spi;

/**
 * The client session that a call comes from.
 *
 * @param session the client session's id, empty where no client waits for the call
 * @param capabilities what a server may ask of the client ({@code sampling}, {@code elicitation},
 *     {@code roots}): a JSON object, {@code {}} for nothing
 */
public record McpClient(String session, String capabilities) {
  /** No client: the router's own calls, and those of routes. */
  public static final McpClient NONE = new McpClient("", "{}");

  /**
   * Whether a server may ask this client something, so that a session declared so is this client's
   * alone.
   */
  public boolean canBeAsked() {
    return !capabilities.equals("{}");
  }
}
