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

  @Test
  void what_is_no_pair_or_comes_twice_is_refused() {
    assertThatThrownBy(() -> arguments("text")).hasMessageContaining("'text' is no KEY=VALUE");
    assertThatThrownBy(() -> arguments("=x")).hasMessageContaining("KEY=VALUE");
    assertThatThrownBy(() -> arguments("text=a", "text=b")).hasMessageContaining("given twice");
  }
}
