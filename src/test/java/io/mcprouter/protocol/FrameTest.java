package io.mcprouter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the envelope of a message is, and what is refused because two readers could differ. */
class FrameTest {
  private static Frame parse(String json) throws MalformedMessage {
    return Frame.parse(json.getBytes(UTF_8));
  }

  private static MalformedMessage refusal(String json) {
    return catchThrowableOfType(MalformedMessage.class, () -> parse(json));
  }

  private static @Nullable String text(byte @Nullable [] token) {
    return token == null ? null : new String(token, UTF_8);
  }

  @Test
  void the_four_kinds_are_told_apart_by_their_members() throws Exception {
    assertThat(parse("{\"id\":1,\"method\":\"ping\"}").kind()).isEqualTo(Frame.Kind.REQUEST);
    assertThat(parse("{\"method\":\"x\"}").kind()).isEqualTo(Frame.Kind.NOTIFICATION);
    assertThat(parse("{\"result\":null,\"id\":1}").kind()).isEqualTo(Frame.Kind.RESULT);
    assertThat(parse("{\"error\":{},\"id\":1}").kind()).isEqualTo(Frame.Kind.ERROR);
    assertThat(parse("{\"error\":{}}").kind()).isEqualTo(Frame.Kind.ERROR);
    assertThat(parse("{\"error\":{},\"id\":null}").kind()).isEqualTo(Frame.Kind.ERROR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "1",
        "\"text\"",
        "null",
        "[{\"method\":\"x\"}]",
        "{\"id\":1}",
        "{\"id\":1,\"result\":1,\"error\":{}}",
        "{\"id\":1,\"result\":1,\"result\":1}",
        "{\"id\":1,\"error\":{},\"error\":{}}",
        "{\"id\":1,\"method\":\"x\",\"result\":1}",
        "{\"method\":\"x\",\"error\":{}}",
        "{\"method\":1}",
        "{\"method\":null,\"id\":1}",
        "{\"method\":[\"x\"]}",
        "{\"result\":1}",
        "{\"result\":1,\"id\":null}"
      })
  void what_is_no_single_message_is_an_invalid_request(String json) {
    assertThat(refusal(json).code()).isEqualTo(ErrorCodes.INVALID_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "0", "-5", "1.5", "1e3", "12345678901234567890", "\"a\"", "\"\""})
  void an_id_is_any_string_or_number_and_kept_as_written(String id) throws Exception {
    Frame frame = parse("{\"id\": " + id + " ,\"method\":\"ping\"}");
    assertThat(text(frame.id())).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false", "{}", "[1]"})
  void an_id_of_another_form_is_refused(String id) {
    assertThat(refusal("{\"id\":" + id + ",\"method\":\"x\"}").code())
        .isEqualTo(ErrorCodes.INVALID_REQUEST);
  }

  @Test
  void a_request_whose_id_is_null_is_refused_since_others_could_take_it_for_a_notification() {
    assertThat(refusal("{\"id\":null,\"method\":\"tools/call\"}").code())
        .isEqualTo(ErrorCodes.INVALID_REQUEST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0;0",
        "7;7",
        "123456789012345678;123456789012345678",
        "1234567890123456789;-1",
        "-7;-1",
        "7.0;7",
        "70.00;70",
        "0.0;0",
        "7.01;-1",
        "7.10;-1",
        "-7.0;-1",
        "\"7.0\";-1",
        "1.5;-1",
        "1e3;-1",
        "\"7\";-1"
      })
  void only_a_number_that_the_router_could_have_given_out_counts_as_one(String id, long number)
      throws Exception {
    assertThat(parse("{\"id\":" + id + ",\"result\":{}}").numericId()).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":1,\"id\":1,\"method\":\"x\"}",
        "{\"id\":1,\"\\u0069d\":2,\"method\":\"x\"}",
        "{\"id\":null,\"id\":2,\"method\":\"x\"}",
        "{\"id\":1,\"id\":null,\"method\":\"x\"}",
        "{\"id\":null,\"id\":null,\"error\":{}}",
        "{\"method\":\"x\",\"method\":\"x\"}",
        "{\"method\":\"x\",\"m\\u0065thod\":\"y\"}",
        "{\"method\":\"x\",\"params\":{},\"params\":{}}",
        "{\"method\":\"x\",\"params\":[],\"\\u0070arams\":{}}",
        "{\"id\":1,\"result\":{},\"\\u0072esult\":{}}",
        "{\"method\":\"x\",\"params\":{\"name\":\"a\",\"name\":\"a\"}}",
        "{\"method\":\"x\",\"params\":{\"name\":1,\"name\":\"a\"}}",
        "{\"method\":\"x\",\"params\":{\"name\":\"a\",\"n\\u0061me\":\"b\"}}",
        "{\"method\":\"x\",\"params\":{\"\\u006E\\u0061\\u006d\\u0065\":\"b\",\"name\":\"a\"}}",
        "{\"method\":\"x\",\"params\":{\"uri\":\"a\",\"\\u0075ri\":\"b\"}}",
        "{\"method\":\"x\",\"params\":{\"_meta\":{},\"_meta\":{}}}",
        "{\"method\":\"x\",\"params\":{\"_meta\":1,\"\\u005fmeta\":{}}}",
        "{\"method\":\"x\",\"params\":{\"_meta\":{\"progressToken\":1,\"progressToken\":2}}}",
        "{\"method\":\"x\",\"params\":{\"_meta\":{\"progressToken\":1,\"progress\\u0054oken\":2}}}",
        "{\"method\":\"x\",\"params\":{\"requestId\":1,\"requestId\":2}}",
        "{\"method\":\"x\",\"params\":{\"progressToken\":1,\"progressToken\":2}}"
      })
  void a_token_of_the_envelope_that_stands_twice_is_refused(String json) {
    MalformedMessage refused = refusal(json);
    assertThat(refused.code()).isEqualTo(ErrorCodes.INVALID_REQUEST);
    assertThat(refused.getMessage()).containsAnyOf("stands twice", "more than one result");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":1,\"method\":\"x\",\"params\":{\"arguments\":{\"a\":1,\"a\":2,\"name\":1,\"name\":2}}}",
        "{\"id\":1,\"method\":\"x\",\"jsonrpc\":\"2.0\",\"jsonrpc\":\"2.0\"}",
        "{\"id\":1,\"method\":\"x\",\"params\":{\"_meta\":{\"k\":1,\"k\":2}}}",
        "{\"id\":1,\"method\":\"x\",\"params\":{\"names\":1,\"names\":2,\"Name\":1,\"Name\":2}}",
        "{\"id\":1,\"method\":\"x\",\"extra\":{\"id\":1,\"id\":2}}",
        "{\"id\":1,\"result\":{\"isError\":false,\"isError\":true,\"name\":1,\"name\":1}}"
      })
  void duplicates_elsewhere_are_the_peers_own_affair(String json) throws Exception {
    Frame frame = parse(json);
    assertThat(text(frame.bytes())).isEqualTo(json);
  }

  @Test
  void keys_and_names_may_be_spelled_with_escapes() throws Exception {
    Frame frame =
        parse(
            "{\"\\u0069d\":5,\"\\u006dethod\":\"tools\\/call\","
                + "\"p\\u0061rams\":{\"n\\u0061me\":\"caf\\u00e9 \\\"\\ud83d\\ude00\\\"\"}}");
    assertThat(frame.numericId()).isEqualTo(5);
    assertThat(frame.method()).isEqualTo("tools/call");
    assertThat(frame.name()).isEqualTo("café \"😀\"");
  }

  @Test
  void a_name_or_uri_that_is_no_string_is_none() throws Exception {
    Frame frame = parse("{\"id\":1,\"method\":\"x\",\"params\":{\"name\":5,\"uri\":[\"a\"]}}");
    assertThat(frame.name()).isNull();
    assertThat(frame.uri()).isNull();
  }

  @Test
  void a_name_inside_the_arguments_is_not_the_calls_name() throws Exception {
    Frame frame =
        parse(
            "{\"id\":1,\"method\":\"tools/call\",\"params\":{\"arguments\":{\"name\":\"inner\","
                + "\"uri\":\"i:1\",\"_meta\":{\"progressToken\":1}},\"name\":\"outer\"}}");
    assertThat(frame.name()).isEqualTo("outer");
    assertThat(frame.uri()).isNull();
    assertThat(frame.progressToken()).isNull();
  }

  @Test
  void a_progress_token_counts_only_where_the_protocol_has_it() throws Exception {
    Frame request =
        parse(
            "{\"id\":1,\"method\":\"tools/call\",\"params\":{\"progressToken\":7,"
                + "\"_meta\":{\"progressToken\":\"t\"}}}");
    assertThat(text(request.progressToken())).isEqualTo("\"t\"");
    Frame unknownField =
        parse("{\"id\":1,\"method\":\"tools/call\",\"params\":{\"progressToken\":7}}");
    assertThat(unknownField.progressToken()).isNull();
    Frame progress =
        parse(
            "{\"method\":\"notifications/progress\",\"params\":{\"progressToken\":7,"
                + "\"_meta\":{\"progressToken\":8}}}");
    assertThat(progress.numericProgressToken()).isEqualTo(7);
  }

  @Test
  void the_id_of_a_cancelled_request_is_kept_as_written() throws Exception {
    Frame frame =
        parse("{\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":\"\\u0061\"}}");
    assertThat(text(frame.requestId())).isEqualTo("\"\\u0061\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"isError\":true};true",
        "{\"content\":[],\"is\\u0045rror\":true};true",
        "{\"isError\":false};false",
        "{\"isError\":\"true\"};false",
        "{\"content\":[{\"isError\":true}]};false",
        "[true];false"
      })
  void a_tools_own_error_is_seen_in_its_result(String result, boolean error) throws Exception {
    assertThat(parse("{\"id\":1,\"result\":" + result + "}").isToolError()).isEqualTo(error);
  }

  @Test
  void line_breaks_count_only_between_tokens() throws Exception {
    assertThat(parse("{\"id\":1,\t\"method\":\"a\\nb\"} ").hasLineBreaks()).isFalse();
    assertThat(parse("{\"id\":1,\n\"method\":\"a\"}").hasLineBreaks()).isTrue();
    assertThat(parse("{\"id\":1,\"method\":\"a\"}\r\n").hasLineBreaks()).isTrue();
    assertThat(parse("{\"id\":1,\"method\":\"a\",\"params\":{\"a\":[\r]}}").hasLineBreaks())
        .isTrue();
  }

  @Test
  void nesting_is_allowed_up_to_the_limit_and_no_further() throws Exception {
    String levels = "[".repeat(198) + "]".repeat(198);
    assertThat(parse("{\"method\":\"x\",\"params\":{\"a\":" + levels + "}}").params()).isNotNull();
    assertThat(refusal("{\"method\":\"x\",\"params\":{\"a\":[" + levels + "]}}"))
        .hasMessageContaining("nested deeper than 200 levels");
    assertThat(refusal("{\"method\":\"x\",\"z\":" + "{\"a\":".repeat(100_000)))
        .hasMessageContaining("nested deeper");
  }

  @Test
  void its_text_for_logs_says_nothing_of_what_it_holds() throws Exception {
    Frame frame = parse("{\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"secret\"}}");
    assertThat(frame).hasToString("REQUEST tools/call (57 bytes)");
  }

  /** A server that reads them in any spelling would do what no guardrail saw. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":1,\"method\":\"x/y\",\"Method\":\"tools/call\"}",
        "{\"Method\":\"tools/call\",\"id\":1,\"method\":\"x/y\"}",
        "{\"method\":\"notifications/x\",\"ID\":7}",
        "{\"id\":1,\"method\":\"tools/call\",\"PARAMS\":{}}",
        "{\"id\":1,\"method\":\"tools/call\",\"param\u017f\":{}}",
        "{\"id\":1,\"method\":\"tools/call\",\"\\u0050arams\":{}}",
        "{\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"a\",\"Name\":\"b\"}}",
        "{\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"a\",\"argument\u017f\":{}}}",
        "{\"id\":1,\"method\":\"resources/read\",\"params\":{\"uri\":\"a\",\"URI\":\"b\"}}"
      })
  void a_member_in_another_spelling_is_refused(String json) {
    assertThat(refusal(json)).hasMessageContaining("capital letters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"a\",\"arguments\":{\"Name\":1,\"ID\":2},\"task\":{},\"_meta\":{\"Name\":1}}}",
        "{\"id\":1,\"method\":\"x/y\",\"params\":{\"Name\":\"a\"},\"extra\":1}",
        "{\"id\":1,\"result\":{\"Name\":1},\"Method\":\"x\"}"
      })
  void members_of_others_are_named_as_they_like(String json) throws MalformedMessage {
    assertThat(Frame.parse(json.getBytes(UTF_8)).bytes()).isEqualTo(json.getBytes(UTF_8));
  }
}
