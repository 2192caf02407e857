package io.mcprouter.routing.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcprouter.protocol.JsonSpan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptReadingTest {
  private static final ResultUri URI = new ResultUri("s", "a".repeat(22), ResultUri.WHOLE);

  private static List<Piece> pieces(String content) throws Exception {
    String json = "{\"content\":" + content + ",\"structuredContent\":{\"a\":1.50}}";
    return Piece.of(JsonSpan.parse(json.getBytes(StandardCharsets.UTF_8), 50), true);
  }

  private static JsonNode read(List<Piece> pieces, int from, int characters) throws Exception {
    return new ObjectMapper()
        .readTree(new KeptReading(URI.from(from), pieces, characters).result());
  }

  @Test
  void pieces_that_fit_together_are_one_part() throws Exception {
    List<Piece> pieces =
        pieces("[{\"type\":\"text\",\"text\":\"abc\"},{\"type\":\"text\",\"text\":\"defgh\"}]");

    JsonNode part = read(pieces, 1, 5);

    assertThat(part.at("/contents/0/text").asText()).isEqualTo("bc");
    assertThat(part.at("/contents/1/text").asText()).isEqualTo("def");
    assertThat(part.at("/_meta/io.mcprouter~1next").asText()).isEqualTo(URI.from(6).toString());
    JsonNode last = read(pieces, 6, 50);
    assertThat(last.at("/contents/0/text").asText()).isEqualTo("gh");
    assertThat(last.at("/contents/1/text").asText()).isEqualTo("{\"a\":1.50}");
    assertThat(last.path("contents")).hasSize(2);
    assertThat(last.path("_meta").isMissingNode()).isTrue();
  }

  @Test
  void a_part_always_leads_on_however_small_it_may_be() throws Exception {
    List<Piece> pieces = pieces("[{\"type\":\"text\",\"text\":\"\uD83D\uDE00\uD83D\uDE00\"}]");

    JsonNode part = read(pieces, 0, 1);

    assertThat(part.at("/contents/0/text").asText()).isEqualTo("\uD83D\uDE00");
    assertThat(part.at("/_meta/io.mcprouter~1next").asText()).isEqualTo(URI.from(2).toString());
  }

  @Test
  void an_embedded_resource_stays_itself_and_what_is_unknown_is_json() throws Exception {
    List<Piece> pieces =
        pieces(
            "[{\"type\":\"resource\",\"resource\":{\"uri\":\"x://1\",\"text\":\"t\"}},"
                + "{\"type\":\"resource_link\",\"uri\":\"x://2\",\"name\":\"n\"}]");

    JsonNode whole = read(pieces, ResultUri.WHOLE, 1);

    assertThat(whole.at("/contents/0/uri").asText()).isEqualTo("x://1");
    assertThat(whole.at("/contents/1/mimeType").asText()).isEqualTo("application/json");
    assertThat(whole.at("/contents/1/text").asText()).contains("x://2");
  }

  @Test
  void there_is_nothing_behind_the_end() throws Exception {
    List<Piece> pieces = pieces("[]");

    assertThat(new KeptReading(URI.from(9), pieces, 1).isInside()).isTrue();
    assertThat(new KeptReading(URI.from(10), pieces, 1).isInside()).isFalse();
  }
}
