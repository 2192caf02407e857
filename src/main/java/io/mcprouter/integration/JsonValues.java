package io.mcprouter.integration;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.MalformedMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * JSON that servers wrote, as the values that routes work with. Fractions are read as {@code
 * BigDecimal}, so that they are written again as they were.
 */
public final class JsonValues {
  private static final ObjectReader VALUES =
      Json.MAPPER.reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private JsonValues() {}

  /** Maps, Lists and simple values for JSON that was found well-formed. */
  public static Object read(String json) {
    return read(json, new TypeReference<>() {});
  }

  /** A Map for a JSON object that was found well-formed. */
  public static Map<String, Object> readMap(String json) {
    return read(json, new TypeReference<>() {});
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return VALUES.forType(type).readValue(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a text is a JSON object or array. */
  static boolean isContainer(String text) {
    String stripped = text.strip();
    if (!stripped.startsWith("{") && !stripped.startsWith("[")) {
      return false;
    }
    try {
      JsonSpan.parse(stripped.getBytes(StandardCharsets.UTF_8), Frame.DEFAULT_MAX_DEPTH);
      return true;
    } catch (MalformedMessage words) {
      return false;
    }
  }
}
