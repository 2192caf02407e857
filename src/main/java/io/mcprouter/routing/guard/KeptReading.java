package io.mcprouter.routing.guard;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mcprouter.protocol.JsonText;
import java.io.IOException;
import java.util.List;

/**
 * The answer to {@code resources/read} of a kept result: all of it, or a part and where the part
 * behind it is read.
 *
 * @param characters the most of a part; what cannot be cut is given whole where it comes first
 */
record KeptReading(ResultUri uri, List<Piece> pieces, int characters) {
  /** The member of {@code _meta} with the URI of the next part. */
  static final String NEXT = "io.mcprouter/next";

  /** Whether there is anything at that place. */
  boolean isInside() {
    return uri.from() == ResultUri.WHOLE || uri.from() < total();
  }

  private int total() {
    return pieces.stream().mapToInt(Piece::size).sum();
  }

  /** The result of the request. */
  byte[] result() {
    return JsonText.write(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("contents");
          int end = uri.from() == ResultUri.WHOLE ? writeAll(json) : new Part(json).write();
          boolean more = end < total();
          if (more) {
            writeMore(json, end);
          }
          json.writeEndArray();
          if (more) {
            json.writeObjectFieldStart("_meta");
            json.writeStringField(NEXT, uri.from(end).toString());
            json.writeEndObject();
          }
          json.writeEndObject();
        });
  }

  private int writeAll(JsonGenerator json) throws IOException {
    for (Piece piece : pieces) {
      piece.writeWhole(json, uri.toString());
    }
    return total();
  }

  /** For a model, which sees contents alone. */
  private void writeMore(JsonGenerator json, int end) throws IOException {
    String next = uri.from(end).toString();
    String told = "[shown up to %d of %d characters; read on at %s]".formatted(end, total(), next);
    Piece.write(json, next, "text/plain", told);
  }

  /** Writes pieces from a place on while there is room. */
  private final class Part {
    private final JsonGenerator json;
    private int place; // where the piece begins that comes next
    private int room = characters;

    Part(JsonGenerator json) {
      this.json = json;
    }

    /** Returns the place behind what it wrote. */
    int write() throws IOException {
      for (Piece piece : pieces) {
        int skipped = Math.max(0, uri.from() - place);
        if (skipped < piece.size()) {
          int written = piece.text() == null ? whole(piece) : cut(piece, piece.text(), skipped);
          if (written < piece.size()) {
            return place + written;
          }
        }
        place += piece.size();
      }
      return place;
    }

    /** Writes it where it fits or comes first; returns where it ends. */
    private int whole(Piece piece) throws IOException {
      if (piece.size() > room && room < characters) {
        return 0;
      }
      piece.writeWhole(json, uri.toString());
      room = Math.max(0, room - piece.size());
      return piece.size();
    }

    /** Writes what fits, one character at least where it comes first; returns where it ends. */
    private int cut(Piece piece, String text, int from) throws IOException {
      int end = Piece.end(text, from, room);
      if (end == from && room == characters) {
        end = from + Character.charCount(text.codePointAt(from));
      }
      if (end > from) {
        piece.writeText(json, uri.toString(), from, end);
      }
      room = Math.max(0, room - (end - from));
      return end;
    }
  }
}
