package io.mcprouter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonSpanTest {
  private static JsonSpan parse(String json) throws MalformedMessage {
    return JsonSpan.parse(json.getBytes(UTF_8), 50);
  }

  @Test
  void members_are_found_by_name_however_it_is_spelled() throws Exception {
    JsonSpan json = parse(" { \"a\" : 1 , \"\\u0062\" :{\"c\": [ true ,null]} } ");
    assertThat(json.at("b", "c").json()).isEqualTo("[ true ,null]");
    assertThat(json.member("a").json()).isEqualTo("1");
    assertThat(json.at("a", "c")).isNull();
    assertThat(json.member("none")).isNull();
    assertThat(json.json()).startsWith("{").endsWith("}");
  }

  @Test
  void of_a_name_that_stands_twice_the_last_counts() throws Exception {
    assertThat(parse("{\"a\":1,\"a\":2}").member("a").json()).isEqualTo("2");
  }

  @Test
  void elements_come_in_order_and_as_written() throws Exception {
    List<String> elements = new ArrayList<>();
    parse("[ 1.10 , \"a\\n\",[ ] ,{}]").elements().forEach(one -> elements.add(one.json()));
    assertThat(elements).containsExactly("1.10", "\"a\\n\"", "[ ]", "{}");
    assertThat(parse("[ ]").elements()).isEmpty();
    assertThat(parse("{ }").elements()).isEmpty();
    assertThat(parse("7").member("a")).isNull();
  }

  @Test
  void only_a_string_has_a_string_value() throws Exception {
    JsonSpan json = parse("{\"s\":\"caf\\u00e9\",\"n\":5}");
    assertThat(json.string("s")).isEqualTo("café");
    assertThat(json.string("n")).isNull();
    assertThat(json.member("n").text()).isEqualTo("5");
  }

  @Test
  void a_string_longer_than_a_parsers_usual_bound_is_still_decoded() throws Exception {
    String text = "x".repeat(20_000_001);
    assertThat(parse("\"\\n" + text + "\"").text()).hasSize(20_000_002);
  }
}
