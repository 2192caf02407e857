package io.mcprouter.integration.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.LogLevel;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The params of what a route says while it runs. */
final class Notifications {
  private Notifications() {}

  static byte[] progress(
      byte[] token, double progress, @Nullable Double total, @Nullable String message) {
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeFieldName("progressToken");
          JsonText.raw(json, token);
          number(json, "progress", progress);
          if (total != null) {
            number(json, "total", total);
          }
          if (message != null) {
            json.writeStringField("message", message);
          }
          json.writeEndObject();
        });
  }

  /** Whole numbers are written as such: some clients take nothing else. */
  private static void number(JsonGenerator json, String name, double value) throws IOException {
    if (value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE) {
      json.writeNumberField(name, (long) value);
    } else {
      json.writeNumberField(name, value);
    }
  }

  static byte[] log(LogLevel level, String logger, String data) {
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("level", level.text());
          json.writeStringField("logger", logger);
          json.writeFieldName("data");
          JsonText.raw(json, data.getBytes(UTF_8));
          json.writeEndObject();
        });
  }
}
