package io.mcprouter.integration.call;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import org.jspecify.annotations.Nullable;

/** The server answered a call with a JSON-RPC error: it did not do what was asked. */
public final class McpErrorException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MOST = 2_000;

  private final int code;
  private final @Nullable String data;

  McpErrorException(CallTarget target, Frame reply) {
    super("The call of " + target + " was refused: " + message(reply));
    JsonSpan error = reply.error();
    this.code = code(error);
    JsonSpan more = error == null ? null : error.member("data");
    this.data = more == null ? null : more.json();
  }

  /** The error's words and code, cut where they are long. */
  static String message(Frame reply) {
    JsonSpan error = reply.error();
    String words = error == null ? null : error.string("message");
    return cut(words == null ? "without a reason" : words) + " (" + code(error) + ")";
  }

  static String cut(String words) {
    return words.length() <= MOST ? words : words.substring(0, MOST) + "...";
  }

  /** Servers write what they like. */
  private static int code(@Nullable JsonSpan error) {
    JsonSpan code = error == null ? null : error.member("code");
    try {
      return code == null ? 0 : Integer.parseInt(code.json());
    } catch (NumberFormatException none) {
      return 0;
    }
  }

  /** The error's code; 0 where the server wrote none that is a whole number. */
  public int code() {
    return code;
  }

  /** The error's {@code data} as JSON; null where it has none. */
  public @Nullable String data() {
    return data;
  }
}
