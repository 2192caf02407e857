package io.mcprouter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replacing a token changes that token and no other byte. */
class FrameEditTest {
  private static final byte[] NEW_ID = "4711".getBytes(UTF_8);

  private static Frame parse(String json) throws MalformedMessage {
    return Frame.parse(json.getBytes(UTF_8));
  }

  private static String text(byte[] json) {
    return new String(json, UTF_8);
  }

  @Test
  void only_the_id_is_replaced() throws Exception {
    Frame frame =
        parse(
            "{ \"x\" : 1.10 ,\"result\":{\"id\":1,\"n\":12345678901234567890.123} , \"id\" : 1 }");
    assertThat(text(frame.withId("\"a\"".getBytes(UTF_8))))
        .isEqualTo(
            "{ \"x\" : 1.10 ,\"result\":{\"id\":1,\"n\":12345678901234567890.123} , \"id\" : \"a\" }");
    assertThat(frame.withId("\"a\"".getBytes(UTF_8)))
        .isEqualTo(frame.edit().id("\"a\"".getBytes(UTF_8)).bytes());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{}};{\"jsonrpc\":\"2.0\",\"id\":4711,\"error\":{}}",
        "{\"error\":{}};{\"id\":4711,\"error\":{}}",
        "' { \"error\":{}}';' {\"id\":4711, \"error\":{}}'"
      })
  void an_error_that_names_no_request_gets_the_id_of_the_one_it_answers(String json, String wanted)
      throws Exception {
    assertThat(parse(json).id()).isNull();
    assertThat(text(parse(json).withId(NEW_ID))).isEqualTo(wanted);
  }

  @Test
  void a_new_name_takes_effect_when_the_message_is_written() throws Exception {
    Frame frame =
        parse(
            "{\"id\":1,\"method\":\"tools/call\",\"params\":{\"arguments\":{\"name\":\"x\"},"
                + "\"name\":\"weather__x\"}}");
    Frame renamed = frame.withName("x \"ü\" \u0001😀");
    assertThat(renamed.name()).isEqualTo("x \"ü\" \u0001😀");
    String wanted =
        "{\"id\":1,\"method\":\"tools/call\",\"params\":{\"arguments\":{\"name\":\"x\"},"
            + "\"name\":\"x \\\"ü\\\" \\u0001😀\"}}";
    assertThat(text(renamed.bytes())).isEqualTo(wanted);
    assertThat(text(renamed.withId(NEW_ID))).isEqualTo(wanted.replace("\"id\":1", "\"id\":4711"));
    assertThat(text(frame.bytes())).contains("weather__x");
  }

  @Test
  void the_last_name_given_counts() throws Exception {
    Frame frame = parse("{\"id\":1,\"method\":\"x\",\"params\":{\"name\":\"a\"}}");
    assertThat(text(frame.withName("b").edit().name("c").bytes()))
        .isEqualTo("{\"id\":1,\"method\":\"x\",\"params\":{\"name\":\"c\"}}");
  }

  @Test
  void half_a_surrogate_pair_in_a_name_survives() throws Exception {
    Frame frame = parse("{\"id\":1,\"method\":\"x\",\"params\":{\"name\":\"a\"}}");
    for (String name : List.of("\ud800", "x\udc00y", "\udc00\ud800", "ok😀\ud83d")) {
      Frame written = Frame.parse(frame.withName(name).bytes());
      assertThat(written.name()).isEqualTo(name);
    }
  }

  @Test
  void tokens_that_are_not_there_are_not_invented() throws Exception {
    Frame frame = parse("{\"method\":\"x\",\"params\":{}}");
    assertThat(frame.edit().progressToken(NEW_ID).name("n").requestId(NEW_ID).bytes())
        .isEqualTo(frame.bytes());
  }

  @Test
  void a_progress_notification_gets_the_callers_token_back() throws Exception {
    Frame frame =
        parse(
            "{\"method\":\"notifications/progress\",\"params\":{\"progress\":0.50,"
                + "\"progressToken\":3,\"_meta\":{\"progressToken\":9}}}");
    assertThat(text(frame.edit().progressToken("\"mine\"".getBytes(UTF_8)).bytes()))
        .isEqualTo(
            "{\"method\":\"notifications/progress\",\"params\":{\"progress\":0.50,"
                + "\"progressToken\":\"mine\",\"_meta\":{\"progressToken\":9}}}");
  }

  @RepeatedTest(200)
  void whatever_the_order_of_members_only_the_tokens_change(RepetitionInfo repetition)
      throws Exception {
    Random random = new Random(repetition.getCurrentRepetition());
    RandomJson json = new RandomJson(random);
    List<String> inner =
        shuffled(
            random,
            "\"name\":<\"old\">",
            "\"_meta\":{\"k\":1.0,\"progressToken\":<\"t\">}",
            "\"arguments\":" + json.value(4),
            "\"uri\":\"i:\\u002f\"");
    List<String> outer =
        shuffled(
            random,
            "\"jsonrpc\":\"2.0\"",
            "\"id\":<77>",
            "\"method\":\"tools/call\"",
            "\"extra\":" + json.value(3),
            "\"params\":" + json.object(inner));
    String marked = json.object(outer);
    String written = marked.replaceAll("<(\"old\"|\"t\"|77)>", "$1");
    String wanted =
        marked.replace("<\"old\">", "\"new\"").replace("<\"t\">", "4711").replace("<77>", "4711");

    Frame frame = parse(written).withName("new");
    assertThat(text(frame.edit().id(NEW_ID).progressToken(NEW_ID).bytes())).isEqualTo(wanted);
    assertThat(text(parse(written).edit().progressToken(NEW_ID).name("new").id(NEW_ID).bytes()))
        .isEqualTo(wanted);
    assertThat(inPieces(frame.edit().id(NEW_ID).progressToken(NEW_ID))).isEqualTo(wanted);
  }

  private static String inPieces(FrameEdit edit) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    edit.forEachPiece((bytes, from, to) -> out.write(bytes, from, to - from));
    assertThat(out.size()).isEqualTo(edit.length());
    return out.toString(UTF_8);
  }

  private static List<String> shuffled(Random random, String... members) {
    List<String> list = new ArrayList<>(List.of(members));
    Collections.shuffle(list, random);
    return list;
  }
}
