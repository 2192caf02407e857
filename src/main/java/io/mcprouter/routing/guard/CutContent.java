package io.mcprouter.routing.guard;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mcprouter.protocol.JsonText;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Content up to the first block for which there is no room. */
final class CutContent {
  private final List<Piece> blocks;

  /** How many blocks stay whole. */
  private final int fit;

  /** How many characters the blocks have that stay whole. */
  private final int before;

  /** Where the text ends that is cut; 0 where the block is left out. */
  private final int end;

  CutContent(List<Piece> blocks, int characters) {
    this.blocks = blocks;
    int whole = 0;
    int used = 0;
    while (whole < blocks.size() && blocks.get(whole).size() <= characters - used) {
      used += blocks.get(whole).size();
      whole++;
    }
    this.fit = whole;
    this.before = used;
    String text = whole < blocks.size() ? blocks.get(whole).text() : null;
    this.end = text == null ? 0 : Piece.end(text, 0, characters - used);
  }

  boolean isCut() {
    return fit < blocks.size();
  }

  /** How many characters are shown. */
  int shown() {
    return before + end;
  }

  /** What takes the content's place. */
  byte[] json(@Nullable CutRest rest) {
    return JsonText.write(json -> write(json, rest));
  }

  private void write(JsonGenerator json, @Nullable CutRest rest) throws IOException {
    json.writeStartArray();
    for (Piece block : blocks.subList(0, fit)) {
      JsonText.raw(json, block.json().bytes());
    }
    Answers.writeText(json, closing(CutRest.told(rest)));
    CutRest.writeLink(json, rest);
    json.writeEndArray();
  }

  /** What stands in the place of the first block that does not fit and of all behind it. */
  private String closing(String where) {
    Piece block = blocks.get(fit);
    int further = blocks.size() - fit - 1;
    String behind = further == 1 ? "1 block" : further + " blocks";
    String left = (further == 0 ? "" : "; " + behind + " behind it left out") + where;
    String text = block.text();
    if (text == null) {
      return "[left out: content of " + block.size() + " bytes, no room for it" + left + "]";
    }
    String shown = text.substring(0, end);
    return "%s\n[cut: %d of %d characters are shown%s; ask for less, or for a part]"
        .formatted(shown, end, text.length(), left);
  }
}
