package io.mcprouter.routing.guard;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.JsonText;
import java.io.IOException;
import java.util.List;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

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

  /** Writes content blocks up to the first for which there is no room. */
  private final class Cut {
    private final JsonGenerator json;
    private int room = characters;

    Cut(JsonGenerator json) {
      this.json = json;
    }

    void all(JsonSpan content) throws IOException {
      json.writeStartArray();
      List<JsonSpan> blocks = content.elements();
      int fit = 0;
      while (fit < blocks.size() && writes(blocks.get(fit))) {
        fit++;
      }
      if (fit < blocks.size()) {
        Answers.writeText(json, closing(blocks.get(fit), blocks.size() - fit - 1));
      }
      json.writeEndArray();
    }

    /** Writes a block if there is room for it. */
    private boolean writes(JsonSpan block) throws IOException {
      String text = text(block);
      int size = text == null ? block.length() : text.length();
      if (size > room) {
        return false;
      }
      room -= size;
      JsonText.raw(json, block.bytes());
      return true;
    }

    /**
     * What stands in the place of the first block that does not fit and of all behind it.
     *
     * @param further how many stand behind it
     */
    private String closing(JsonSpan block, int further) {
      String text = text(block);
      String blocks = further == 1 ? "1 block" : further + " blocks";
      String rest = further == 0 ? "" : "; " + blocks + " behind it left out";
      if (text == null) {
        return "[left out: content of " + block.length() + " bytes, no room for it" + rest + "]";
      }
      int end = room;
      if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
        end--;
      }
      return "%s\n[cut: %d of %d characters are shown%s; ask for less, or for a part]"
          .formatted(text.substring(0, end), end, text.length(), rest);
    }

    private static @Nullable String text(JsonSpan block) {
      return "text".equals(block.string("type")) ? block.string("text") : null;
    }
  }
}
