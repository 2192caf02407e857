package io.mcprouter.routing.guard;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.JsonText;
import java.io.IOException;
import org.apache.camel.Exchange;

/**
 * The guardrail {@code result-limit}: cuts the content of results, so that one call cannot fill a
 * model's context. Where it cuts, it says so.
 */
public final class ResultLimit {
  private static final String NAME = "result-limit";
  private int characters = 50_000;

  /** How many characters the content of a result may have. */
  public void setCharacters(int most) {
    characters = Numbers.within("characters", most, 1, 100_000_000);
  }

  /** Cuts the answer. */
  public void answer(Exchange exchange) {
    Frame reply = exchange.getMessage().getBody(Frame.class);
    JsonSpan result = reply == null ? null : reply.result();
    if (result == null || result.length() <= characters) {
      return; // no more characters than bytes
    }
    JsonSpan structured = result.member("structuredContent");
    if (structured != null && structured.length() > characters) {
      Answers.refuse(
          exchange,
          NAME,
          "The result is too large: its structured content has "
              + structured.length()
              + " bytes, and "
              + characters
              + " are allowed. Ask for less.");
      return;
    }
    JsonSpan content = result.member("content");
    if (content != null && content.isArray()) {
      byte[] cut = JsonText.write(json -> new Cut(json).all(content));
      exchange.getMessage().setBody(reply.edit().value(content, cut).frame());
    }
  }

  /** Writes content blocks as long as there is room. */
  private final class Cut {
    private final JsonGenerator json;
    private int room = characters;

    Cut(JsonGenerator json) {
      this.json = json;
    }

    void all(JsonSpan content) throws IOException {
      json.writeStartArray();
      for (JsonSpan block : content.elements()) {
        block(block);
      }
      json.writeEndArray();
    }

    private void block(JsonSpan block) throws IOException {
      String text = "text".equals(block.string("type")) ? block.string("text") : null;
      int size = text == null ? block.length() : text.length();
      if (size <= room) {
        room -= size;
        JsonText.raw(json, block.bytes());
      } else if (text == null) {
        Answers.writeText(json, "[left out: content of " + size + " bytes, no room for it]");
      } else {
        Answers.writeText(json, beginning(text));
        room = 0;
      }
    }

    private String beginning(String text) {
      int end = room;
      if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
        end--;
      }
      return text.substring(0, end)
          + "\n[cut: "
          + end
          + " of "
          + text.length()
          + " characters are shown; ask for less, or for a part]";
    }
  }
}
