package io.mcprouter.testkit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A message as it arrived.
 *
 * @param bytes its bytes, which a test of exactness looks at
 * @param json the same as a tree
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Message(byte[] bytes, JsonNode json) {
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(64 << 20)
                          .maxNestingDepth(5_000)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  static Message of(byte[] bytes) {
    try {
      // as text: Jackson refuses an escape of half a character only where it reads bytes
      return new Message(bytes, JSON.readTree(new String(bytes, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The id as it is written, or the empty string. */
  String id() {
    return json.path("id").isMissingNode() ? "" : json.path("id").toString();
  }

  public String method() {
    return json.path("method").asText();
  }

  public JsonNode params() {
    return json.path("params");
  }

  public JsonNode result() {
    return json.path("result");
  }

  public JsonNode error() {
    return json.path("error");
  }

  public boolean isError() {
    return json.has("error");
  }

  /** The text of the first content block of a tool's result. */
  public String text() {
    return result().path("content").path(0).path("text").asText();
  }

  /** What a tool's text says, where it is JSON. */
  public JsonNode told() {
    return of(text().getBytes(StandardCharsets.UTF_8)).json();
  }

  /** The bytes as text, for reading and for searching. */
  public String raw() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    String text = raw();
    return text.length() > 2_000 ? text.substring(0, 2_000) + "…" : text;
  }
}
