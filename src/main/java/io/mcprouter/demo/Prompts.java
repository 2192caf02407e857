package io.mcprouter.demo;

import io.mcprouter.protocol.ErrorCodes;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.Messages;

/** The one prompt, which {@code prompts.json} describes. */
final class Prompts {
  static final String TOUR = "tour";

  private Prompts() {}

  static byte[] get(Frame request, byte[] id) {
    if (!TOUR.equals(request.name())) {
      return Messages.error(id, ErrorCodes.INVALID_PARAMS, "Unknown prompt: " + request.name());
    }
    try {
      String language = Arguments.of(request).textOr("language", "English");
      return Messages.result(id, tour(language));
    } catch (ToolError e) {
      return Messages.error(id, ErrorCodes.INVALID_PARAMS, String.valueOf(e.getMessage()));
    }
  }

  private static byte[] tour(String language) {
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("description", "A tour of the demo tools");
          json.writeArrayFieldStart("messages");
          json.writeStartObject();
          json.writeStringField("role", "user");
          json.writeObjectFieldStart("content");
          json.writeStringField("type", "text");
          json.writeStringField(
              "text",
              "Call each of the demo tools once, with arguments of your own choice, and tell me in "
                  + language
                  + " what came of it.");
          json.writeEndObject();
          json.writeEndObject();
          json.writeEndArray();
          json.writeEndObject();
        });
  }
}
