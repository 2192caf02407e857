package io.mcprouter.integration;

/**
 * A failure whose message is meant for the caller of a tool, a resource or a prompt. Any other
 * exception of a route is told as an inner failure and stands in the log.
 */
public final class McpToolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what the caller reads: what happened, and what to do
   */
  public McpToolException(String message) {
    super(message);
  }

  /**
   * @param message what the caller reads: what happened, and what to do
   */
  public McpToolException(String message, Throwable cause) {
    super(message, cause);
  }
}
