package io.mcprouter.routing.guard;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.JsonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A part of a tool's result: a block of its content, or its structured content.
 *
 * @param json as the server wrote it
 * @param text what can be cut; null for all that stays whole
 * @param mimeType of the text
 */
record Piece(JsonSpan json, @Nullable String text, String mimeType) {
  private static final String JSON = "application/json";

  /**
   * What there is of a result.
   *
   * @param structured whether its structured content is a piece as well, behind the blocks
   */
  static List<Piece> of(JsonSpan result, boolean structured) {
    List<Piece> pieces = new ArrayList<>();
    JsonSpan content = result.member("content");
    if (content != null) {
      content.elements().forEach(block -> pieces.add(block(block)));
    }
    JsonSpan object = structured ? result.member("structuredContent") : null;
    if (object != null) {
      pieces.add(new Piece(object, object.json(), JSON));
    }
    return pieces;
  }

  private static Piece block(JsonSpan block) {
    String text = "text".equals(block.string("type")) ? block.string("text") : null;
    return new Piece(block, text, "text/plain");
  }

  /** Characters of a text; of anything else, bytes. */
  int size() {
    return text == null ? json.length() : text.length();
  }

  /** The end of what fits, never in the middle of a character; {@code from} where nothing does. */
  static int end(String text, int from, int room) {
    int end = (int) Math.min(text.length(), (long) from + room);
    boolean halved =
        end > from
            && end < text.length()
            && Character.isSurrogatePair(text.charAt(end - 1), text.charAt(end));
    return halved ? end - 1 : end;
  }

  /** Writes a part of the text as one of a resource's contents. */
  void writeText(JsonGenerator json, String uri, int from, int end) throws IOException {
    write(json, uri, mimeType, Objects.requireNonNull(text).substring(from, end));
  }

  /** Writes all of it as one of a resource's contents. */
  void writeWhole(JsonGenerator out, String uri) throws IOException {
    JsonSpan embedded = json.member("resource");
    JsonSpan data = json.member("data");
    String type = json.string("mimeType");
    if (text != null) {
      writeText(out, uri, 0, text.length());
    } else if (embedded != null) {
      JsonText.raw(out, embedded.bytes()); // has a URI of its own
    } else if (data != null && data.isString()) {
      out.writeStartObject();
      out.writeStringField("uri", uri);
      out.writeStringField("mimeType", type == null ? "application/octet-stream" : type);
      out.writeFieldName("blob");
      JsonText.raw(out, data.bytes());
      out.writeEndObject();
    } else {
      write(out, uri, JSON, json.json());
    }
  }

  static void write(JsonGenerator json, String uri, String mimeType, String text)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("uri", uri);
    json.writeStringField("mimeType", mimeType);
    json.writeStringField("text", text);
    json.writeEndObject();
  }
}
