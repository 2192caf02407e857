package io.mcprouter.integration.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.integration.Json;
import io.mcprouter.integration.McpContent;
import io.mcprouter.integration.McpResult;
import io.mcprouter.integration.McpToolException;
import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.McpFailure;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a route gets of an answer. */
class ResultFormsTest extends CallFixture {
  private static final byte[] PIXELS = {0, 1, 2, (byte) 0xff, 9};
  private static final String DATA = Base64.getEncoder().encodeToString(PIXELS);
  private static final String TWO_TEXTS =
      "{\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"\\u00fc\"}]}";
  private static final String STRUCTURED =
      "{\"content\":[{\"type\":\"text\",\"text\":\"words\"}],\"structuredContent\":{\"price\": 1.10,\"n\":[1]}}";
  private static final String MIXED =
      "{\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
          + "{\"type\":\"image\",\"mimeType\":\"image/png\",\"data\":\""
          + DATA
          + "\"},{\"type\":\"resource_link\",\"uri\":\"test://x\",\"name\":\"x\"},"
          + "{\"type\":\"resource\",\"resource\":{\"uri\":\"test://y\",\"mimeType\":\"text/plain\",\"text\":\"y\"}},"
          + "{\"type\":\"hologram\",\"depth\":1.10}]}";

  private Object result(String result, String form) throws Exception {
    calls.result(result);
    return body("mcp-call:shop/order?result=" + form, null);
  }

  @Test
  void by_default_structured_content_is_a_map_and_text_is_text() throws Exception {
    calls.result(STRUCTURED);
    assertThat(body("mcp-call:shop/order", null))
        .isEqualTo(Map.of("price", new BigDecimal("1.10"), "n", List.of(1)));

    calls.result(TWO_TEXTS);
    assertThat(body("mcp-call:shop/order", null)).isEqualTo("a\nü");

    calls.result("{\"content\":[]}");
    assertThat(body("mcp-call:shop/order", null)).isEqualTo("");
  }

  @Test
  void by_default_one_item_is_itself_and_several_kinds_are_a_list() throws Exception {
    Object one =
        result(
            "{\"content\":[{\"type\":\"audio\",\"mimeType\":\"a/b\",\"data\":\"AAE=\"}]}", "auto");
    assertThat(one)
        .usingRecursiveComparison()
        .isEqualTo(new McpContent.Audio(new byte[] {0, 1}, "a/b"));

    assertThat(result(MIXED, "auto"))
        .usingRecursiveComparison()
        .isEqualTo(result(MIXED, "content"));
  }

  @Test
  void structured_content_is_given_as_map_or_as_the_server_wrote_it() throws Exception {
    assertThat(result(STRUCTURED, "structured"))
        .isEqualTo(Map.of("price", new BigDecimal("1.10"), "n", List.of(1)));
    assertThat(result(STRUCTURED, "json")).isEqualTo("{\"price\": 1.10,\"n\":[1]}");
  }

  @Test
  void text_that_is_json_stands_for_structured_content_that_is_not_there() throws Exception {
    String older = "{\"content\":[{\"type\":\"text\",\"text\":\"{\\\"a\\\":1}\"}]}";
    assertThat(result(older, "structured")).isEqualTo(Map.of("a", 1));
    assertThat(result(older, "json")).isEqualTo("{\"a\":1}");
    assertThat(result(older, "auto")).isEqualTo("{\"a\":1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"structured", "json", "blob"})
  void a_form_that_the_result_does_not_have_is_an_error_that_names_it(String form)
      throws Exception {
    calls.result(TWO_TEXTS);

    assertThat(failure("mcp-call:shop/order?result=" + form, null))
        .isInstanceOf(CamelExchangeException.class)
        .hasMessageContaining("tool 'order' of server 'shop' has nothing for result=" + form);
  }

  @Test
  void text_is_everything_that_is_text() throws Exception {
    assertThat(result(MIXED, "text")).isEqualTo("a\ny");
  }

  @Test
  void items_are_typed_and_convert_to_text_bytes_and_streams() throws Exception {
    List<?> items = (List<?>) result(MIXED, "content");

    assertThat(items)
        .usingRecursiveComparison()
        .isEqualTo(
            List.of(
                new McpContent.Text("a"),
                new McpContent.Image(PIXELS, "image/png"),
                new McpContent.ResourceLink("test://x", "x", null),
                new McpContent.TextResource("test://y", "text/plain", "y"),
                new McpContent.Other(
                    Json.MAPPER.createObjectNode().put("type", "hologram").put("depth", 1.10))));
    var converter = camel.getTypeConverter();
    assertThat(converter.mandatoryConvertTo(String.class, items.get(0))).isEqualTo("a");
    assertThat(converter.mandatoryConvertTo(byte[].class, items.get(1))).isEqualTo(PIXELS);
    assertThat(converter.mandatoryConvertTo(InputStream.class, items.get(1)).readAllBytes())
        .isEqualTo(PIXELS);
    assertThat(converter.mandatoryConvertTo(String.class, items.get(3))).isEqualTo("y");
  }

  @Test
  void the_first_blob_is_a_stream_and_a_header_says_what_it_is() throws Exception {
    calls.result(MIXED);

    Exchange done = send("mcp-call:shop/order?result=blob", (Object) null);

    assertThat(done.getMessage().getBody(byte[].class)).isEqualTo(PIXELS);
    assertThat(done.getMessage().getHeader("CamelMcpMimeType")).isEqualTo("image/png");
  }

  @Test
  void the_raw_message_is_a_frame() throws Exception {
    assertThat(((Frame) result(STRUCTURED, "raw")).result().json()).isEqualTo(STRUCTURED);
  }

  @Test
  void the_body_of_a_resource_is_its_text_or_its_blob() throws Exception {
    String uri = "mcp-call:resource?server=s&resource=test://x";
    calls.result("{\"contents\":[{\"uri\":\"test://x\",\"text\":\"seven\"}]}");
    assertThat(body(uri, null)).isEqualTo("seven");
    assertThat(body(uri + "&result=structured", null))
        .isEqualTo(Map.of("contents", List.of(Map.of("uri", "test://x", "text", "seven"))));

    calls.result("{\"contents\":[{\"uri\":\"test://x\",\"blob\":\"" + DATA + "\"}]}");
    Exchange done = send(uri, (Object) null);
    assertThat(done.getMessage().getBody(byte[].class)).isEqualTo(PIXELS);
  }

  @Test
  void the_body_of_a_prompt_is_its_messages() throws Exception {
    String uri = "mcp-call:prompt?server=s&prompt=greet";
    calls.result(
        "{\"messages\":[{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":\"Hello\"}}]}");

    assertThat(body(uri, null))
        .isEqualTo(
            List.of(new McpResult.PromptMessage("user", List.of(new McpContent.Text("Hello")))));
    assertThat(body(uri + "&result=text", null)).isEqualTo("Hello");
  }

  @Test
  void a_tools_own_error_is_an_exception_with_its_words() throws Exception {
    calls.result("{\"content\":[{\"type\":\"text\",\"text\":\"no luck\"}],\"isError\":true}");

    Exchange done = send("mcp-call:shop/order", "{\"secret\":1}");

    assertThat(done.getException())
        .isInstanceOf(McpToolException.class)
        .hasMessage("The tool 'order' of server 'shop' failed: no luck");
    assertThat(done.getMessage().getHeader("CamelMcpIsError")).isEqualTo(true);
  }

  @Test
  void a_tools_own_error_is_a_header_where_the_route_wants_that() throws Exception {
    calls.result("{\"content\":[{\"type\":\"text\",\"text\":\"no luck\"}],\"isError\":true}");

    Exchange done = send("mcp-call:shop/order?toolErrors=header&result=structured", (Object) null);

    assertThat(done.getException()).isNull();
    assertThat(done.getMessage().getBody()).isEqualTo("no luck");
    assertThat(done.getMessage().getHeader("CamelMcpIsError")).isEqualTo(true);

    calls.result(TWO_TEXTS);
    assertThat(
            send("mcp-call:shop/order?toolErrors=header", (Object) null)
                .getMessage()
                .getHeader("CamelMcpIsError"))
        .isEqualTo(false);
  }

  @Test
  void an_error_of_the_protocol_is_an_exception_with_code_and_data() throws Exception {
    calls.reply("\"error\":{\"code\":-32602,\"message\":\"Unknown tool\",\"data\":{\"a\":[1]}}");

    assertThat(failure("mcp-call:shop/order", null))
        .isInstanceOfSatisfying(
            McpErrorException.class,
            error -> {
              assertThat(error)
                  .hasMessage(
                      "The call of tool 'order' of server 'shop' was refused: Unknown tool (-32602)");
              assertThat(error.code()).isEqualTo(-32602);
              assertThat(error.data()).isEqualTo("{\"a\":[1]}");
            });
  }

  @Test
  void a_failure_on_the_way_is_an_exception_and_a_timeout_is_camels() throws Exception {
    calls.failure(McpFailure.unavailable("shop", "it is closed"));
    assertThat(failure("mcp-call:shop/order", null))
        .isInstanceOf(McpFailure.class)
        .hasMessage("Server 'shop': no connection: it is closed");

    calls.failure(McpFailure.timedOut("shop", java.time.Duration.ofMillis(5)));
    assertThat(failure("mcp-call:shop/order", null))
        .isInstanceOf(ExchangeTimedOutException.class)
        .hasCauseInstanceOf(McpFailure.class);
  }

  /** What Camel's own simple language cannot be taught, a language of ours says. */
  @Test
  void a_language_gives_the_parts_of_the_last_result() throws Exception {
    calls.result(STRUCTURED);
    String route =
        """
        - route:
            id: parts
            from:
              uri: direct:parts
              steps:
                - to:
                    uri: mcp-call:shop/order
                - setHeader:
                    name: ofLanguage
                    expression:
                      language:
                        language: mcp
                        expression: text
                - setHeader:
                    name: ofSimple
                    simple: "${header.CamelMcpResult.text}"
                - setBody:
                    simple: "price ${body[price]}, words ${header.ofLanguage}"
                - filter:
                    expression:
                      language:
                        language: mcp
                        expression: isError
                    steps:
                      - setBody:
                          constant: an error
        """;
    PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("p.yaml", route));

    Exchange done = send("direct:parts", (Object) null);

    assertThat(done.getException()).isNull();
    assertThat(done.getMessage().getHeader("ofSimple")).isEqualTo("words");
    assertThat(done.getMessage().getBody()).isEqualTo("price 1.10, words words");
    assertThat(camel.resolveLanguage("mcp").createExpression("json").evaluate(done, String.class))
        .isEqualTo("{\"price\": 1.10,\"n\":[1]}");
  }

  @Test
  void a_result_in_a_log_says_nothing_of_what_it_holds() throws Exception {
    calls.result(STRUCTURED);

    Exchange done = send("mcp-call:shop/order", (Object) null);

    assertThat(done.getMessage().getHeader("CamelMcpResult"))
        .asString()
        .startsWith("McpResult (")
        .doesNotContain("words");
  }
}
