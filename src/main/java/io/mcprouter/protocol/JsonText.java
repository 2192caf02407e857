package io.mcprouter.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes the JSON that the router itself says. */
public final class JsonText {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonText() {}

  /**
   * A string as a JSON token in UTF-8, quotes included. Half a surrogate pair, which JSON may hold
   * and UTF-8 may not, stays an escape.
   */
  public static byte[] quoted(String text) {
    StringBuilder token = new StringBuilder(text.length() + 2).append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, token);
    for (int at = 0; at < token.length(); at++) {
      if (Character.isSurrogatePair(token.charAt(at), next(token, at))) {
        at++;
      } else if (Character.isSurrogate(token.charAt(at))) {
        token.replace(at, at + 1, "\\u" + Integer.toHexString(token.charAt(at)));
      }
    }
    return token.append('"').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static char next(StringBuilder text, int at) {
    return at + 1 < text.length() ? text.charAt(at + 1) : 0;
  }

  /** A number as a JSON token. */
  public static byte[] number(long value) {
    return Long.toString(value).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Runs {@code content} on a generator and returns what it wrote, in UTF-8. Half a surrogate pair
   * in a string, such as a client's text in an error message, becomes a question mark.
   */
  public static byte[] write(Content content) {
    StringWriter out = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(out)) {
      content.writeTo(generator);
      generator.flush();
      return out.toString().getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a value that is JSON already. */
  public static void raw(JsonGenerator generator, byte[] json) throws IOException {
    generator.writeRawValue(new String(json, StandardCharsets.UTF_8));
  }

  /** What to write. */
  @FunctionalInterface
  public interface Content {
    void writeTo(JsonGenerator generator) throws IOException;
  }
}
