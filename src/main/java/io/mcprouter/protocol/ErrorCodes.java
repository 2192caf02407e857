package io.mcprouter.protocol;

/**
 * JSON-RPC error codes. Those of the specification keep their numbers; the router's own stand
 * outside the reserved range (-32768 to -32000), so that nobody mistakes them for a server's.
 */
public final class ErrorCodes {
  public static final int PARSE_ERROR = -32700;
  public static final int INVALID_REQUEST = -32600;
  public static final int METHOD_NOT_FOUND = -32601;
  public static final int INVALID_PARAMS = -32602;
  public static final int INTERNAL_ERROR = -32603;
  public static final int RESOURCE_NOT_FOUND = -32002;

  /** The server did not answer within its limit. */
  public static final int TIMED_OUT = -31001;

  /** No connection to the server could be opened. */
  public static final int SERVER_UNAVAILABLE = -31002;

  /**
   * The connection to the server broke while the call was open; the server may have acted on it.
   */
  public static final int CONNECTION_LOST = -31003;

  /** A limit of the router was reached: pending calls, sessions, child processes, message size. */
  public static final int LIMIT_REACHED = -31004;

  /** The call was cancelled. */
  public static final int CANCELLED = -31005;

  /**
   * The server's entry cannot be used: a fault in the configuration, or a value that is missing or
   * not allowed.
   */
  public static final int NOT_CONFIGURED = -31006;

  /** The server broke the protocol. */
  public static final int PROTOCOL_VIOLATION = -31007;

  /** The user must log in at the server's authorization server; the message holds the link. */
  public static final int LOGIN_REQUIRED = -31008;

  /** The user must save the variables that the message names. */
  public static final int VARIABLES_MISSING = -31009;

  /** The caller may not do this. */
  public static final int FORBIDDEN = -31010;

  /** MCP 2025-11-25, elicitation in URL mode: the user must open a page first. */
  public static final int URL_ELICITATION_REQUIRED = -32042;

  private ErrorCodes() {}
}
