package io.mcprouter.demo;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mcprouter.protocol.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes the results of tools (server features, tools). */
final class ToolResult {
  private ToolResult() {}

  static byte[] text(String text) {
    return JsonText.write(
        json -> {
          json.writeStartObject();
          content(json, text);
          json.writeEndObject();
        });
  }

  /** The text, and the same for programs: a JSON object. */
  static byte[] structured(String text, String object) {
    return JsonText.write(
        json -> {
          json.writeStartObject();
          content(json, text);
          json.writeFieldName("structuredContent");
          JsonText.raw(json, object.getBytes(StandardCharsets.UTF_8));
          json.writeEndObject();
        });
  }

  static byte[] error(String text) {
    return JsonText.write(
        json -> {
          json.writeStartObject();
          content(json, text);
          json.writeBooleanField("isError", true);
          json.writeEndObject();
        });
  }

  private static void content(JsonGenerator json, String text) throws IOException {
    json.writeArrayFieldStart("content");
    json.writeStartObject();
    json.writeStringField("type", "text");
    json.writeStringField("text", text);
    json.writeEndObject();
    json.writeEndArray();
  }
}
