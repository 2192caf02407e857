package io.mcprouter.routing.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.config.Fault;
import io.mcprouter.testkit.RouterRoutes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a fault is that Camel finds when it makes or starts a route, and how it is told. */
class FaultPlaceTest {
  private final DefaultCamelContext camel = new DefaultCamelContext();

  @BeforeEach
  void start() {
    camel.getGlobalOptions().put("CamelJmxDisabled", "true");
    camel.start();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  private String fault(String yaml) {
    RouteFiles files = new RouteFiles(camel, ServerRoutes.NONE, Doors.NONE, Duration.ofSeconds(5));
    files.start();
    files.apply(
        Map.of(
            "x.camel.yaml",
            new RouteFile("x.camel.yaml", "x.yaml", yaml.getBytes(StandardCharsets.UTF_8))));
    Fault fault = files.reports().getFirst().fault();
    return fault == null ? "no fault" : fault.toString();
  }

  /** A tool whose description comes first, so that the option is in line 8. */
  private String ofTool(String options) {
    return fault(
        """
        # a comment
        - route:
            id: convert
            from:
              uri: mcp-tool:convert
              parameters:
                description: Converts a temperature
                %s
              steps:
                - log: done
        """
            .formatted(options.replace("~", "\n        ")));
  }

  /** A route whose third step begins in line 9. */
  private String ofStep(String step) {
    return fault(
        """
        - route:
            id: it
            from:
              uri: direct:it
              steps:
                - log: one
                - to:
                    uri: log:two
                - %s
                - log: three
        """
            .formatted(step.replace("~", "\n          ")));
  }

  @Test
  void a_misspelt_option_is_named_at_its_line_with_the_nearest_one() {
    assertThat(ofTool("readOnlyHnt: true"))
        .isEqualTo(
            "x.yaml:8:9: convert: mcp-tool has no option 'readOnlyHnt';"
                + " did you mean 'readOnlyHint'?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "paramter.to: string | x.yaml:8:9: convert: mcp-tool has no option 'paramter.to'; did you mean 'parameter.to'?",
        "timeout: hush | x.yaml:8:9: convert: the value of the option 'timeout' of mcp-tool is no long",
        "parameter.x.emum: a | x.yaml:8:9: convert: option parameter.x.emum is not known; there are default, description, enum, required",
        "parameter.x: float | x.yaml:8:9: convert: option parameter.x: 'float' is no type; there are string, integer, number, boolean, array, object",
        "parameter.to.enum: 'fahrenheit,celsius'~parameter.to.default: kelvin | x.yaml:9:9: convert: default of parameter.to: 'kelvin' is none of fahrenheit, celsius",
      })
  void a_wrong_option_of_a_tool_is_told_where_it_stands(String options, String told) {
    assertThat(ofTool(options)).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "to: log:x?showHedaers=true | x.yaml:9:15: it: log has no option 'showHedaers'; did you mean 'showHeaders'?",
        "to:~    uri: log:x~    parameters:~      showAll: true~      showHedaers: true | x.yaml:13:17: it: log has no option 'showHedaers'; did you mean 'showHeaders'?",
        "to:~    uri: log:x~    parameters:~      showHeaders: hush | x.yaml:12:17: it: the value of the option 'showHeaders' of log is no boolean",
        "to: log:x?nothing=hush | x.yaml:9:15: it: log has no option 'nothing'",
        "to: httpp://x?password=hush | x.yaml:9:15: it: there is no component 'httpp'; did you mean 'http'?",
        "wireTap:~    uri: nonsense:x | x.yaml:10:20: it: there is no component 'nonsense'",
        "setBody:~    simple: ${haeder.to} | x.yaml:10:23: it: Unknown function: haeder.to",
        "process:~    ref: nobody | x.yaml:10:20: it: No bean could be found in the registry for: nobody of type: org.apache.camel.Processor",
        "to: 'log:{{nowhere}}?level=hush' | x.yaml:9:15: it: log: Property with key [nowhere] not found in properties",
      })
  void a_step_that_cannot_be_made_is_told_where_it_stands(String step, String told) {
    assertThat(ofStep(step)).isEqualTo(told).doesNotContain("hush");
  }

  @Test
  void a_component_of_the_router_is_suggested_too() {
    assertThat(ofStep("to: mcp-cal:demo/echo")).endsWith("did you mean 'mcp-call'?");
  }

  @Test
  void a_step_within_a_step_is_found() {
    assertThat(
            ofStep(
                "choice:~    when:~      - simple: \"${header.a} == 'a'\"~        steps:"
                    + "~          - log: fine~      - simple: \"${haeder.to} == 'f'\""
                    + "~        steps:~          - log: x"))
        .isEqualTo("x.yaml:14:27: it: Unknown function: haeder.to");
  }

  @Test
  void a_language_that_is_not_there_is_answered_with_those_that_are() {
    assertThat(ofStep("setBody:~    groovy: \"1\""))
        .startsWith("x.yaml:10:15: it: there is no language 'groovy'; there are ")
        .contains("jsonpath, ", "simple, ");
  }

  @Test
  void an_expression_that_its_language_refuses_is_found_by_its_step() {
    assertThat(ofStep("setBody:~    spel: \"#{1 * }\""))
        .matches("x\\.yaml:(9|10):\\d+: it: .*EL1042E.*");
  }

  @Test
  void a_part_of_an_endpoint_that_is_missing_is_found_by_its_component() {
    assertThat(
            fault(
                """
                - route:
                    id: it
                    from:
                      uri: timer
                      parameters:
                        period: 3
                      steps:
                        - log: x
                """))
        .startsWith("x.yaml:4:12: ")
        .contains("timerName is required");
  }

  @Test
  void a_template_that_lacks_a_parameter_is_found_where_it_is_named() throws Exception {
    RouterRoutes.of(camel)
        .load(
            """
            - routeTemplate:
                id: greet
                parameters:
                  - name: who
                from:
                  uri: direct:greet
                  steps:
                    - log: "{{who}}"
            """);
    assertThat(
            fault(
                """
                - templatedRoute:
                    routeId: it
                    routeTemplateRef: greet
                """))
        .startsWith("x.yaml:3:23: ")
        .contains("must be provided: who");
  }
}
