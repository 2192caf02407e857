package io.mcprouter.routing.guard;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mcprouter.protocol.JsonText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where the rest of a result is read that was cut.
 *
 * @param uri of the part behind what is shown
 * @param seconds how long it can be read
 * @param linked whether the client knows blocks that lead to a resource
 */
record CutRest(ResultUri uri, int seconds, boolean linked) {
  /** What a model is told at the place of the cut. */
  static String told(@Nullable CutRest rest) {
    return rest == null ? "" : rest.told();
  }

  private String told() {
    String where = linked ? "the link below" : uri.toString();
    return "; for %d s the rest can be read (resources/read) at %s".formatted(seconds, where);
  }

  /** Writes the link behind the other blocks of the content. */
  static void writeLink(JsonGenerator json, @Nullable CutRest rest) throws IOException {
    if (rest != null && rest.linked) {
      JsonText.raw(json, rest.link());
    }
  }

  private byte[] link() {
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("type", "resource_link");
          json.writeStringField("uri", uri.toString());
          json.writeStringField("name", "rest of the result");
          json.writeStringField(
              "description",
              "What was cut, part by part; all of it at once at " + uri.from(ResultUri.WHOLE));
          json.writeEndObject();
        });
  }
}
