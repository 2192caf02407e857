package io.mcprouter.integration.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcprouter.integration.Json;
import io.mcprouter.integration.McpContent;
import io.mcprouter.testkit.RouterRoutes;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a route's options and its body become, in a Camel application of its own. */
class ToolTest {
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final RouterRoutes routes = RouterRoutes.of(camel);

  @BeforeEach
  void start() {
    camel.getGlobalOptions().put("CamelJmxDisabled", "true");
    camel.start();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  private void tool(String name, Processor step, String... options) throws Exception {
    camel.getRegistry().bind(name, step);
    String parameters =
        Stream.concat(Stream.of("description: a tool"), Stream.of(options))
            .map(option -> "        " + option + "\n")
            .collect(Collectors.joining());
    routes.load(
        """
        - route:
            id: %s
            from:
              uri: mcp-tool:%s
              parameters:
        %s      steps:
                - process: {ref: %s}
        """
            .formatted(name, name, parameters, name));
  }

  private JsonNode ask(String method, String params) throws Exception {
    String reply =
        camel
            .createFluentProducerTemplate()
            .to("mcp-routes:routes")
            .withHeader("CamelMcpMethod", method)
            .withBody(params)
            .request(String.class);
    return Json.MAPPER.readTree(reply);
  }

  private JsonNode call(String tool, String arguments) throws Exception {
    return ask("tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}")
        .path("result");
  }

  private void answering(Object body) throws Exception {
    tool("it", exchange -> exchange.getMessage().setBody(body));
  }

  @Test
  void text_and_plain_values_are_text() throws Exception {
    answering(42);

    assertThat(call("it", "{}")).hasToString("{\"content\":[{\"type\":\"text\",\"text\":\"42\"}]}");
  }

  @Test
  void an_object_is_structured_and_text() throws Exception {
    answering(new Order("o1", LocalDate.of(2026, 11, 21)));

    JsonNode result = call("it", "{}");

    assertThat(result.path("structuredContent"))
        .hasToString("{\"id\":\"o1\",\"due\":\"2026-11-21\"}");
    assertThat(Json.MAPPER.readTree(result.at("/content/0/text").asText()))
        .isEqualTo(result.path("structuredContent"));
  }

  record Order(String id, LocalDate due) {}

  @Test
  void a_list_stands_in_an_object() throws Exception {
    answering(List.of(1, 2));

    JsonNode result = call("it", "{}");

    assertThat(result.path("structuredContent")).hasToString("{\"result\":[1,2]}");
    assertThat(result.at("/content/0/text").asText()).isEqualTo("[1,2]");
  }

  @ParameterizedTest
  @CsvSource({"image/png, image", "audio/wav, audio", "application/pdf, resource"})
  void bytes_are_what_their_type_says(String mimeType, String type) throws Exception {
    tool(
        "it",
        exchange -> {
          exchange.getMessage().setBody(new byte[] {1, 2});
          exchange.getMessage().setHeader(ToolConstants.CONTENT_TYPE, mimeType);
        });

    JsonNode content = call("it", "{}").at("/content/0");

    assertThat(content.path("type").asText()).isEqualTo(type);
    assertThat(content.toString()).contains("\"AQI=\"").contains(mimeType);
  }

  @Test
  void content_is_passed_on_as_it_is() throws Exception {
    answering(
        List.of(new McpContent.Text("see"), new McpContent.ResourceLink("shop://1", "one", null)));

    assertThat(call("it", "{}").path("content"))
        .hasToString(
            "[{\"type\":\"text\",\"text\":\"see\"},{\"type\":\"resource_link\",\"uri\":\"shop://1\",\"name\":\"one\"}]");
  }

  @Test
  void a_route_can_say_itself_that_it_failed() throws Exception {
    tool(
        "it",
        exchange -> {
          exchange.getMessage().setBody("no luck");
          exchange.getMessage().setHeader(ToolConstants.IS_ERROR, true);
        });

    assertThat(call("it", "{}"))
        .hasToString("{\"content\":[{\"type\":\"text\",\"text\":\"no luck\"}],\"isError\":true}");
  }

  @Test
  void what_came_in_is_no_result() throws Exception {
    tool("it", exchange -> {}, "parameter.a: string");

    assertThat(call("it", "{\"a\":\"x\"}")).hasToString("{\"content\":[]}");
  }

  @Test
  void arguments_are_headers_and_body_and_have_their_types() throws Exception {
    tool(
        "it",
        exchange ->
            exchange
                .getMessage()
                .setBody(
                    Map.of(
                        "header", exchange.getMessage().getHeader("n").getClass().getSimpleName(),
                        "body", exchange.getMessage().getBody(Map.class))),
        "parameter.n: integer",
        "parameter.unit: string",
        "parameter.unit.default: kg");

    JsonNode result = call("it", "{\"n\":3}").path("structuredContent");

    assertThat(result.path("header").asText()).isEqualTo("Integer");
    assertThat(result.path("body")).hasToString("{\"n\":3,\"unit\":\"kg\"}");
  }

  @Test
  void only_what_the_schema_names_becomes_a_header() throws Exception {
    tool(
        "it",
        exchange ->
            exchange.getMessage().setBody(String.valueOf(exchange.getMessage().getHeaders())),
        "inputSchema: '{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"object\", \"properties\": {\"b\": {}}}}}'");

    String headers = call("it", "{\"a\":{},\"CamelHttpUri\":\"http://evil\"}").toString();

    assertThat(headers).contains("a={}").doesNotContain("evil");
  }

  @Test
  void a_result_that_does_not_fit_the_output_schema_is_an_error() throws Exception {
    tool(
        "it",
        exchange -> exchange.getMessage().setBody(Map.of("id", 1)),
        "outputParameter.id: string");

    assertThat(call("it", "{}").path("isError").asBoolean()).isTrue();
  }

  @Test
  void an_output_schema_makes_json_text_structured() throws Exception {
    tool(
        "it",
        exchange -> exchange.getMessage().setBody("{\"id\":\"x\"}"),
        "outputSchema: '#orders'");

    assertThat(call("it", "{}").path("structuredContent")).hasToString("{\"id\":\"x\"}");
  }

  @BeforeEach
  void bind() {
    camel.getRegistry().bind("orders", Map.of("type", "object", "required", List.of("id")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "parameter.CamelFileName: string | begin with 'Camel'",
        "parameter.a: text | is no type",
        "parameter.weight: number~parameter.wieght.required: true | is 'weight' meant?",
        "parameter.a.descripton: x | there are default, description, enum, required",
        "parameter.a.default: x~parameter.a: integer | is no integer",
        "parameter.to.default: kelvin~parameter.to.enum: 'fahrenheit,celsius' | default of parameter.to: 'kelvin' is none of fahrenheit, celsius",
        "parameter.a.default: 3~parameter.a: boolean | default of parameter.a: /a: integer found, boolean expected",
        "inputSchema: '{\"properties\": {\"a\": {\"default\": 3, \"maximum\": 2}}}' | default of inputSchema.a: /a: must have a maximum value of 2",
        "inputSchema: '[]' | schema of an object",
        "inputSchema: 'file:nowhere.json' | cannot be read",
        "argSchema: '{}'~parameter.a: string | exclude one another",
        "access.role: admin | there are roles, scopes"
      })
  void a_wrong_option_keeps_the_route_from_starting_and_says_what_is_wrong(
      String options, String told) {
    assertThatThrownBy(() -> tool("it", exchange -> {}, options.split("~")))
        .hasStackTraceContaining(told);
  }

  @Test
  void a_default_that_fits_is_no_fault_whatever_else_callers_must_give() throws Exception {
    tool(
        "it",
        exchange -> exchange.getMessage().setBody(exchange.getMessage().getHeader("a")),
        "inputSchema: '{\"required\": [\"b\"], \"properties\": {\"a\": {\"$ref\": \"#/$defs/n\", \"default\": 3}, \"b\": {}}, \"$defs\": {\"n\": {\"type\": \"integer\"}}}'");

    assertThat(call("it", "{\"b\":1}").at("/content/0/text").asText()).isEqualTo("3");
  }

  @Test
  void an_argument_that_is_missing_is_told_without_a_place() throws Exception {
    tool("it", exchange -> {}, "parameter.value: number", "parameter.value.required: true");

    assertThat(call("it", "{}").at("/content/0/text").asText())
        .isEqualTo("The arguments of the tool 'it' are wrong: required property 'value' not found");
  }

  @Test
  void a_route_of_ai_tool_works_by_changing_one_word() throws Exception {
    String theirs =
        """
        - route:
            from:
              uri: ai-tool:calculator
              parameters:
                tags: math
                description: "Calculates"
                title: Calculator
                readOnlyHint: true
                destructiveHint: false
                idempotentHint: true
                openWorldHint: false
                returnDirect: true
                parameter.a: number
                parameter.a.description: "First"
                parameter.a.required: true
                parameter.operation: string
                parameter.operation.enum: "add,negate"
                outputParameter.sum: number
                outputParameter.sum.required: true
              steps:
                - setBody:
                    simple: '{"sum": ${header.a}}'
        """;
    routes.load(theirs.replace("ai-tool:", "mcp-tool:"));

    assertThat(call("calculator", "{\"a\":1.5,\"operation\":\"add\"}").path("structuredContent"))
        .hasToString("{\"sum\":1.5}");
    assertThat(ask("tools/list", "{}").at("/result/tools/0/annotations").size()).isEqualTo(5);
  }

  @Test
  void a_route_that_is_suspended_is_no_tool_until_it_goes_on() throws Exception {
    answering("x");

    camel.getRouteController().suspendRoute("it");
    assertThat(ask("tools/call", "{\"name\":\"it\"}").at("/error/code").asInt()).isEqualTo(-32602);
    camel.getRouteController().resumeRoute("it");

    assertThat(call("it", "{}").at("/content/0/text").asText()).isEqualTo("x");
  }

  @Test
  void a_body_of_bytes_without_a_type_is_text() throws Exception {
    answering("grüße".getBytes(StandardCharsets.UTF_8));

    assertThat(call("it", "{}").at("/content/0/text").asText()).isEqualTo("grüße");
  }

  @Test
  void a_header_names_the_tool() throws Exception {
    tool(
        "it",
        exchange -> exchange.getMessage().setBody(exchange.getMessage().getHeader("CamelMcpTool")));

    assertThat(call("it", "{}").at("/content/0/text").asText()).isEqualTo("it");
  }
}
