package io.mcprouter.integration;

import org.jspecify.annotations.Nullable;

/**
 * A failure whose message is meant for the caller of a tool, a resource or a prompt. Any other
 * exception of a route is told as an inner failure and stands in the log. {@code mcp-call} throws
 * it where a tool answers that it failed.
 */
public final class McpToolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable McpResult result;

  /**
   * @param message what the caller reads: what happened, and what to do
   */
  public McpToolException(String message) {
    super(message);
    this.result = null;
  }

  /**
   * @param message what the caller reads: what happened, and what to do
   * @param result all that the tool said which failed
   */
  public McpToolException(String message, McpResult result) {
    super(message);
    this.result = result;
  }

  /**
   * @param message what the caller reads: what happened, and what to do
   */
  public McpToolException(String message, Throwable cause) {
    super(message, cause);
    this.result = null;
  }

  /** All that a tool said which was called and failed; null for any other failure. */
  public @Nullable McpResult result() {
    return result;
  }
}
