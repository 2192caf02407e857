package io.mcprouter.credential;

/** A variable cannot be saved as it is; the message names it and never holds its value. */
public final class RefusedVariableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedVariableException(String message) {
    super(message, null, false, false);
  }
}
