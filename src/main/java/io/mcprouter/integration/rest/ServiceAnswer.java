package io.mcprouter.integration.rest;

import io.mcprouter.integration.McpToolException;
import io.mcprouter.integration.server.Mime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.util.IOHelper;
import org.jspecify.annotations.Nullable;

/**
 * What a service answered, as the result of a tool. Of its headers only the type is kept: neither
 * they nor those of the request reach the caller.
 *
 * @param maxBytes the largest body
 */
record ServiceAnswer(Message message, int maxBytes) {
  private static final String JSON = "application/json";

  /** What of an error's body a caller reads, in characters. */
  private static final int TOLD = 2_000;

  private static final int FIRST_REDIRECT = 300;
  private static final int FIRST_GOOD = 200;

  /**
   * @throws IOException where the body cannot be read
   * @throws McpToolException where it is larger than the limit
   */
  void take() throws IOException {
    int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
    String type = message.getHeader(Exchange.CONTENT_TYPE, String.class);
    byte[] body = body();
    message.removeHeaders("*");
    if (status < FIRST_GOOD || status >= FIRST_REDIRECT) {
      message.setHeader(OpenApiConstants.IS_ERROR, true);
      message.setBody("The service answered with status " + status + reason(body, type));
    } else if (body.length == 0) {
      message.setBody(null);
    } else if (type == null || Mime.isText(plain(type))) {
      message.setBody(text(body, type));
    } else {
      message.setHeader(OpenApiConstants.CONTENT_TYPE, plain(type));
      message.setBody(body);
    }
  }

  private byte[] body() throws IOException {
    try (InputStream in = message.getBody(InputStream.class)) {
      if (in == null) {
        return new byte[0];
      }
      byte[] body = in.readNBytes(maxBytes + 1);
      if (body.length > maxBytes) {
        throw new McpToolException(
            "The service's answer is larger than " + maxBytes + " bytes; ask for less");
      }
      return body;
    }
  }

  private static String reason(byte[] body, @Nullable String type) {
    if (body.length == 0 || type == null || !Mime.isText(plain(type)) || isPage(type)) {
      return "";
    }
    String text = text(body, type);
    return ": " + text.substring(0, Math.min(TOLD, text.length()));
  }

  /** A page for people, which says more about the service's software than about the error. */
  private static boolean isPage(String type) {
    return plain(type).equals("text/html");
  }

  private static String plain(String type) {
    return type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
  }

  /** JSON is UTF-8 whatever its type says (RFC 8259, 8.1); so is what names no character set. */
  private static String text(byte[] body, @Nullable String type) {
    String charset =
        type == null || plain(type).equals(JSON)
            ? StandardCharsets.UTF_8.name()
            : IOHelper.getCharsetNameFromContentType(type);
    return new String(body, Charset.forName(charset, StandardCharsets.UTF_8));
  }
}
