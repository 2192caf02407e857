package io.mcprouter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.MalformedMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolArgumentsTest {
  private static final String SCHEMA =
      """
      {"type": "object", "properties": {
        "text": {"type": "string"}, "number": {"type": "number"}, "flag": {"type": "boolean"},
        "list": {"type": ["array", "null"]}, "either": {"anyOf": [{"type": "integer"}, {"type": "string"}]},
        "any": {}}}
      """;

  private static String arguments(String... values) throws MalformedMessage {
    JsonSpan schema = JsonSpan.parse(SCHEMA.getBytes(StandardCharsets.UTF_8), 20);
    return new String(
        ToolArguments.of(List.of(values), schema, IllegalArgumentException::new),
        StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "text=5|{\"text\":\"5\"}",
        "text=true|{\"text\":\"true\"}",
        "text=a=b|{\"text\":\"a=b\"}",
        "text=|{\"text\":\"\"}",
        "number=1.10|{\"number\":1.10}",
        "number=12345678901234567890.5|{\"number\":12345678901234567890.5}",
        "number=five|{\"number\":\"five\"}",
        "flag=true|{\"flag\":true}",
        "flag=yes|{\"flag\":\"yes\"}",
        "list=[1,\"a\"]|{\"list\":[1,\"a\"]}",
        "list=null|{\"list\":null}",
        "list={}|{\"list\":\"{}\"}",
        "either=7|{\"either\":7}",
        "either=x|{\"either\":\"x\"}",
        "any={\"a\":1}|{\"any\":{\"a\":1}}",
        "any=\"quoted\"|{\"any\":\"\\\"quoted\\\"\"}",
        "unknown=5|{\"unknown\":\"5\"}"
      })
  void a_value_is_json_only_where_the_schema_asks_for_it(String given, String expected)
      throws MalformedMessage {
    assertThat(arguments(given)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"properties\":{\"message\":{}}}|names no argument 'mesage'; did you mean 'message'?",
        "{\"properties\":{\"a\":{},\"b\":{}},\"additionalProperties\":false}|names no argument"
            + " 'mesage'; it names: a, b",
        "{\"properties\":{}}|names no argument 'mesage'"
      })
  void an_argument_that_the_schema_does_not_name_gets_a_hint(String schema, String hint)
      throws MalformedMessage {
    assertThat(unknown(schema)).containsExactly(hint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"properties\":{\"mesage\":{}}}",
        "{\"properties\":{\"message\":{}},\"additionalProperties\":{\"type\":\"string\"}}",
        "{\"properties\":{\"message\":{}},\"patternProperties\":{\".*\":{}}}"
      })
  void where_a_schema_takes_other_arguments_there_is_no_hint(String schema)
      throws MalformedMessage {
    assertThat(unknown(schema)).isEmpty();
  }

  private static List<String> unknown(String schema) throws MalformedMessage {
    return ToolArguments.unknown(
        List.of("mesage=hi"), JsonSpan.parse(schema.getBytes(StandardCharsets.UTF_8), 20));
  }

  @Test
  void what_is_no_pair_or_comes_twice_is_refused() {
    assertThatThrownBy(() -> arguments("text")).hasMessageContaining("'text' is no KEY=VALUE");
    assertThatThrownBy(() -> arguments("=x")).hasMessageContaining("KEY=VALUE");
    assertThatThrownBy(() -> arguments("text=a", "text=b")).hasMessageContaining("given twice");
  }
}
