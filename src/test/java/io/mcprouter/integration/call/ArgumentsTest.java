package io.mcprouter.integration.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.protocol.Frame;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ValidationException;
import org.apache.camel.converter.stream.InputStreamCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server gets as arguments. */
class ArgumentsTest extends CallFixture {
  private static final String WRITTEN =
      "{ \"n\" : 1.10e0, \"big\":12345678901234567890.123,\n \"s\":\"\\u00fc \u2028\", \"n2\":null}";

  static Stream<Object> texts() {
    byte[] bytes = WRITTEN.getBytes(UTF_8);
    return Stream.of(
        WRITTEN,
        new StringBuilder(WRITTEN),
        bytes,
        new ByteArrayInputStream(bytes),
        new InputStreamCache(bytes),
        new StringReader(WRITTEN));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void json_in_the_body_is_passed_on_byte_for_byte(Object body) throws Exception {
    body("mcp-call:shop/order", body);

    assertThat(calls.last().params())
        .isEqualTo("{\"name\":\"order\",\"arguments\":" + WRITTEN + "}");
    assertThat(calls.last().request().method()).isEqualTo("tools/call");
  }

  @Test
  void a_file_is_read(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("order.json"), WRITTEN);

    body("mcp-call:shop/order", file.toFile());

    assertThat(calls.last().params()).contains(WRITTEN);
  }

  record Order(int id, BigDecimal price, List<String> tags, Instant at) {}

  @Test
  void maps_and_beans_are_written_as_json() throws Exception {
    body("mcp-call:shop/order", new TreeMap<>(Map.of("a", 1, "b", List.of(true))));
    assertThat(calls.last().params()).contains("\"arguments\":{\"a\":1,\"b\":[true]}");

    Instant at = Instant.parse("2026-11-21T10:00:00Z");
    body("mcp-call:shop/order", new Order(7, new BigDecimal("1.10"), List.of("x"), at));
    assertThat(calls.last().params())
        .contains("{\"id\":7,\"price\":1.10,\"tags\":[\"x\"],\"at\":\"2026-11-21T10:00:00Z\"}");
  }

  @Test
  void no_body_is_no_arguments() throws Exception {
    for (Object nothing : new Object[] {null, "", " \n", new byte[0]}) {
      body("mcp-call:shop/order", nothing);
      assertThat(calls.last().params()).isEqualTo("{\"name\":\"order\",\"arguments\":{}}");
    }
  }

  @Test
  void of_a_request_its_own_arguments_are_taken() throws Exception {
    body(
        "mcp-call:shop/order",
        Frame.of(
            "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"tools/call\",\"params\":{\"name\":\"z\",\"arguments\":{\"a\":1.0}}}"));

    assertThat(calls.last().params()).isEqualTo("{\"name\":\"order\",\"arguments\":{\"a\":1.0}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[1]", "7", "\"secret\"", "{\"a\":", "{}}", "{},\"name\":\"other\"", "{} {}", "x"})
  void what_is_no_json_object_is_refused_and_not_told(String body) throws Exception {
    Exception failure = failure("mcp-call:shop/order", body);

    assertThat(failure)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Arguments must be a JSON object, and the body")
        .hasMessageNotContaining("secret");
    assertThat(calls.sent).isEmpty();
  }

  private static final String SCHEMA =
      """
      {"name":"order","inputSchema":{"type":"object","required":["id"],"properties":{
        "id":{"type":"integer"},"price":{"type":"number"},"paid":{"type":"boolean"},
        "note":{"type":["string","null"]},"tags":{"type":"array","items":{"type":"string"}},
        "size":{"enum":["S","M"]},"to":{"type":"object"}}}}
      """;

  @Test
  void headers_with_the_names_of_the_schema_become_arguments_of_its_types() throws Exception {
    calls.tool = SCHEMA;

    Exchange done =
        send(
            "mcp-call:shop/order?arguments=headers",
            "not looked at",
            Map.of(
                "id",
                "7",
                "price",
                "1.10",
                "paid",
                "true",
                "NOTE",
                12,
                "tags",
                "[\"x\"]",
                "size",
                "M",
                "to",
                Map.of("street", "A"),
                "other",
                "left out"));

    assertThat(done.getException()).isNull();
    assertThat(calls.last().params())
        .contains(
            "{\"id\":7,\"price\":1.10,\"paid\":true,\"note\":\"12\",\"tags\":[\"x\"],\"size\":\"M\",\"to\":{\"street\":\"A\"}}");
  }

  @Test
  void a_header_of_another_type_is_named_and_its_value_is_not() throws Exception {
    calls.tool = SCHEMA;

    Exchange done = send("mcp-call:shop/order?arguments=headers", null, Map.of("id", "secret"));

    assertThat(done.getException())
        .hasMessage("The header 'id' cannot be an argument of type integer")
        .hasNoCause();
    assertThat(calls.sent).isEmpty();
  }

  @Test
  void arguments_that_do_not_fit_the_schema_are_not_sent() throws Exception {
    calls.tool = SCHEMA;

    Exception failure =
        failure("mcp-call:shop/order?validate=true", "{\"price\":\"secret\",\"size\":\"XL\"}");

    assertThat(failure)
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("tool 'order' of server 'shop'")
        .hasMessageContaining("; required property 'id' not found")
        .hasMessageContaining("/price: string found, number expected")
        .hasMessageContaining("/size")
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("XL");
    assertThat(calls.sent).isEmpty();

    body("mcp-call:shop/order?validate=true", "{\"id\":1,\"price\":1.10}");
    assertThat(calls.last().params()).contains("{\"id\":1,\"price\":1.10}");
  }

  @Test
  void a_schema_that_points_elsewhere_is_not_followed() throws Exception {
    calls.tool =
        "{\"name\":\"order\",\"inputSchema\":{\"$ref\":\"http://127.0.0.1:1/schema.json\"}}";

    assertThat(failure("mcp-call:shop/order?validate=true", "{}"))
        .hasMessageContaining("the schema of the arguments")
        .hasMessageContaining("cannot be used");
  }

  @Test
  void a_tool_that_is_not_listed_is_not_called_where_its_schema_is_needed() throws Exception {
    calls.tool = "";

    assertThat(failure("mcp-call:shop/order?validate=true", "{}"))
        .hasMessage("Server 'shop': it lists no tool 'order' for this caller");
  }

  @Test
  void the_arguments_of_a_prompt_are_checked_too() throws Exception {
    calls.tool =
        "{\"name\":\"greet\",\"arguments\":[{\"name\":\"who\",\"required\":true},{\"name\":\"how\"}]}";

    assertThat(failure("mcp-call:prompt?server=s&prompt=greet&validate=true", "{\"how\":\"x\"}"))
        .hasMessageContaining("'who'");

    send(
        "mcp-call:prompt?server=s&prompt=greet&arguments=headers",
        null,
        Map.of("who", "Ann", "how", 5));
    assertThat(calls.last().json())
        .contains("\"method\":\"prompts/get\"")
        .contains("{\"name\":\"greet\",\"arguments\":{\"who\":\"Ann\",\"how\":\"5\"}}");
  }

  @Test
  void a_resource_has_no_arguments() throws Exception {
    calls.result("{\"contents\":[]}");

    body("mcp-call:resource?server=s&resource=RAW(test://a?b=c)", "whatever");

    assertThat(calls.last().json())
        .contains("\"method\":\"resources/read\",\"params\":{\"uri\":\"test://a?b=c\"}");
  }
}
