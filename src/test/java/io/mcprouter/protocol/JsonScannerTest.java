package io.mcprouter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The scanner takes exactly RFC 8259 in UTF-8. Jackson's strict parser says the same of the
 * characters; of the bytes it is laxer, and so it is given the characters that a strict decoder
 * makes of them (Jackson itself takes overlong forms, encoded surrogates, a byte order mark and
 * UTF-16).
 */
class JsonScannerTest {
  private static final JsonFactory JACKSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private static boolean scannerAccepts(byte[] json) {
    try {
      JsonSpan.parse(json, 1_000);
      return true;
    } catch (MalformedMessage e) {
      assertThat(e.code()).isEqualTo(ErrorCodes.PARSE_ERROR);
      return false;
    }
  }

  private static boolean jacksonAccepts(byte[] json) throws IOException {
    String text;
    try {
      text = UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    } catch (CharacterCodingException e) {
      return false;
    }
    try (JsonParser parser = JACKSON.createParser(text)) {
      if (parser.nextToken() == null) {
        return false;
      }
      int depth = 0;
      JsonToken token = parser.currentToken();
      do {
        parser.getText();
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        token = parser.nextToken();
        if (depth == 0 && token != null) {
          return false;
        }
      } while (token != null);
      return true;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  @RepeatedTest(300)
  void random_json_is_accepted_as_jackson_accepts_it(RepetitionInfo repetition) throws Exception {
    Random random = new Random(repetition.getCurrentRepetition());
    RandomJson json = new RandomJson(random);
    byte[] text = (json.blank() + json.value(6) + json.blank()).getBytes(UTF_8);
    assertThat(scannerAccepts(text)).isTrue();
    assertThat(jacksonAccepts(text)).isTrue();
    for (int i = 0; i < 200; i++) {
      byte[] mutated = mutated(random, text);
      assertThat(scannerAccepts(mutated))
          .describedAs(() -> HexFormat.of().formatHex(mutated) + " " + new String(mutated, UTF_8))
          .isEqualTo(jacksonAccepts(mutated));
    }
  }

  /**
   * One or two bytes changed, removed, doubled or inserted, mostly by bytes that mean something.
   */
  private static byte[] mutated(Random random, byte[] text) {
    byte[] out = text;
    for (int i = random.nextInt(2); i >= 0; i--) {
      int at = random.nextInt(out.length + 1);
      int to = Math.min(out.length, at + random.nextInt(3));
      byte[] meaning = "{}[]:,\"\\ \n\t0123-+.eEutrfn/x\u0001\u007f".getBytes(UTF_8);
      byte with =
          random.nextInt(4) == 0
              ? (byte) random.nextInt(256)
              : meaning[random.nextInt(meaning.length)];
      byte[] next = Arrays.copyOf(out, at + 1 + out.length - to);
      next[at] = with;
      System.arraycopy(out, to, next, at + 1, out.length - to);
      out = next;
    }
    return random.nextInt(10) == 0 ? Arrays.copyOf(out, random.nextInt(out.length + 1)) : out;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "[",
        "]",
        "{]",
        "[}",
        "[1,]",
        "{,}",
        "{\"a\":1,}",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{'a':1}",
        "{1:1}",
        "[1 2]",
        "[,1]",
        "[1,,2]",
        "\"a",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u12\"",
        "\"\\",
        "01",
        "-",
        "-01",
        "+1",
        ".5",
        "1.",
        "1.e1",
        "1e",
        "1e+",
        "0x1",
        "NaN",
        "Infinity",
        "-Infinity",
        "tru",
        "True",
        "nul",
        "nullx",
        "truefalse",
        "1 1",
        "{} x",
        "{}{}",
        "[1]]",
        "// c\n1",
        "/* c */1",
        "\"\t\"",
        "\"\n\"",
        "\"\u0000\"",
        "\u00a01",
        "\ufeff1",
        "\f1",
        "1\u000b",
        "\u001e1"
      })
  void what_is_no_json_is_refused(String text) throws Exception {
    assertThat(scannerAccepts(text.getBytes(UTF_8))).isFalse();
    assertThat(jacksonAccepts(text.getBytes(UTF_8))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "bf",
        "c0af",
        "c1bf",
        "c3",
        "c328",
        "e08080",
        "e09fbf",
        "e282",
        "e28228",
        "eda080",
        "edbfbf",
        "f0808080",
        "f08fbfbf",
        "f09f98",
        "f4908080",
        "f5808080",
        "f8888080",
        "fe",
        "ff"
      })
  void what_is_no_utf_8_is_refused_wherever_it_stands_in_a_string(String hex) {
    byte[] bad = HexFormat.of().parseHex(hex);
    for (int before = 0; before < 50; before++) {
      byte[] text = Messages.join("[\"" + "a".repeat(before), bad, "bbbbbbbb\"]");
      assertThat(scannerAccepts(text)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"c280", "dfbf", "e0a080", "ed9fbf", "ee8080", "efbfbf", "f0908080", "f48fbfbf"})
  void the_first_and_last_characters_of_each_length_are_accepted(String hex) {
    assertThat(scannerAccepts(Messages.join("\"", HexFormat.of().parseHex(hex), "\""))).isTrue();
  }

  @Test
  void a_control_character_is_found_at_every_place_of_a_long_string() {
    for (int length = 0; length < 72; length++) {
      for (int at = 0; at < length; at++) {
        for (char control : new char[] {0, 1, '\t', '\n', 0x1f}) {
          StringBuilder text = new StringBuilder("x".repeat(length));
          text.setCharAt(at, control);
          byte[] json = ("\"" + text + "\"").getBytes(UTF_8);
          assertThatThrownBy(() -> JsonSpan.parse(json, 1))
              .hasMessageContaining("control character in a string at byte " + (at + 1));
        }
      }
    }
  }

  @Test
  void the_neighbours_of_special_characters_are_plain_wherever_they_stand() {
    for (int length = 1; length < 72; length++) {
      for (int at = 0; at < length; at++) {
        for (String plain : List.of(" ", "!", "#", "[", "]", "\u007f", "\\\"", "\\\\")) {
          String text = "x".repeat(at) + plain + "x".repeat(length - at - 1);
          assertThat(scannerAccepts(("\"" + text + "\"").getBytes(UTF_8))).as(text).isTrue();
        }
      }
    }
  }
}
