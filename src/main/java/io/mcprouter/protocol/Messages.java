package io.mcprouter.protocol;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The messages that the router writes itself. */
public final class Messages {
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private Messages() {}

  /** A result whose value is JSON already. */
  public static byte[] result(byte[] id, byte[] result) {
    return join("{\"jsonrpc\":\"2.0\",\"id\":", id, ",\"result\":", result, "}");
  }

  public static byte[] emptyResult(byte[] id) {
    return join("{\"jsonrpc\":\"2.0\",\"id\":", id, ",\"result\":{}}");
  }

  /**
   * An error reply; without an id, the id is null, as JSON-RPC asks for a message that could not be
   * read.
   */
  public static byte[] error(byte @Nullable [] id, int code, String message) {
    return error(id, code, message, null);
  }

  /** An error reply with {@code data}, which is JSON already. */
  public static byte[] error(
      byte @Nullable [] id, int code, String message, byte @Nullable [] data) {
    byte[] error =
        JsonText.write(
            json -> {
              json.writeStartObject();
              json.writeNumberField("code", code);
              json.writeStringField("message", message);
              if (data != null) {
                json.writeFieldName("data");
                JsonText.raw(json, data);
              }
              json.writeEndObject();
            });
    return join("{\"jsonrpc\":\"2.0\",\"id\":", id == null ? NULL : id, ",\"error\":", error, "}");
  }

  /** A request with params that are JSON already, or none. */
  public static byte[] request(byte[] id, String method, byte @Nullable [] params) {
    byte[] name = JsonText.quoted(method);
    return params == null
        ? join("{\"jsonrpc\":\"2.0\",\"id\":", id, ",\"method\":", name, "}")
        : join(
            "{\"jsonrpc\":\"2.0\",\"id\":", id, ",\"method\":", name, ",\"params\":", params, "}");
  }

  /** A notification with params that are JSON already, or none. */
  public static byte[] notification(String method, byte @Nullable [] params) {
    byte[] name = JsonText.quoted(method);
    return params == null
        ? join("{\"jsonrpc\":\"2.0\",\"method\":", name, "}")
        : join("{\"jsonrpc\":\"2.0\",\"method\":", name, ",\"params\":", params, "}");
  }

  /** {@code notifications/cancelled} for a request of ours. */
  public static byte[] cancelled(byte[] requestId, String reason) {
    byte[] params =
        join("{\"requestId\":", requestId, ",\"reason\":", JsonText.quoted(reason), "}");
    return notification(Methods.CANCELLED, params);
  }

  /** Puts JSON together from text in ASCII and tokens in UTF-8. */
  public static byte[] join(Object... parts) {
    byte[][] bytes = new byte[parts.length][];
    int length = 0;
    for (int i = 0; i < parts.length; i++) {
      bytes[i] =
          parts[i] instanceof String text
              ? text.getBytes(StandardCharsets.UTF_8)
              : (byte[]) parts[i];
      length += bytes[i].length;
    }
    byte[] out = new byte[length];
    int at = 0;
    for (byte[] part : bytes) {
      System.arraycopy(part, 0, out, at, part.length);
      at += part.length;
    }
    return out;
  }
}
