package io.mcprouter.protocol;

/**
 * A message that cannot be taken: not JSON, or JSON that is no single unambiguous JSON-RPC message.
 */
public final class MalformedMessage extends Exception {
  private static final long serialVersionUID = 1L;
  private final int code;

  private MalformedMessage(int code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  static MalformedMessage notJson(String what, int offset) {
    return new MalformedMessage(
        ErrorCodes.PARSE_ERROR, "Parse error: " + what + " at byte " + offset);
  }

  static MalformedMessage invalid(String what) {
    return new MalformedMessage(ErrorCodes.INVALID_REQUEST, "Invalid request: " + what);
  }

  /**
   * The JSON-RPC error code that tells the sender: {@code -32700} for bad JSON, {@code -32600} for
   * a bad message.
   */
  public int code() {
    return code;
  }
}
