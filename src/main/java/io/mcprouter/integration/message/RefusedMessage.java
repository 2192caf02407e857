package io.mcprouter.integration.message;

/**
 * A message that may not call anything. What is told goes to its sender and holds nothing of it.
 */
final class RefusedMessage extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code for programs
   * @param what what is wrong and what to do
   */
  RefusedMessage(String code, String what) {
    super(what, null, false, false);
    this.code = code;
  }

  String code() {
    return code;
  }

  String what() {
    return String.valueOf(getMessage());
  }
}
