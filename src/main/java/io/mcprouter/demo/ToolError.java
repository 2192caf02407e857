package io.mcprouter.demo;

/** A call failed for a reason that the model can understand and correct: its result is an error. */
final class ToolError extends Exception {
  private static final long serialVersionUID = 1L;

  ToolError(String message) {
    super(message, null, false, false);
  }
}
