package io.mcprouter.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.config.Fault;
import io.mcprouter.config.McpServersFile;
import io.mcprouter.config.RouterOptions;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.TemplateUse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code router.template}: a name, or a list of names with their parameters. */
class TemplatesReaderTest {
  private static McpServersFile read(String template) {
    String file =
        "mcpServers:\n  one:\n    command: run\n    router:\n      template: " + template + "\n";
    return new McpServersReader(name -> null, true).read("servers.yaml", file);
  }

  private static ServerDefinition definition(String template) {
    McpServersFile file = read(template);
    assertThat(file.faults()).isEmpty();
    return ((McpServersFile.Accepted) file).servers().servers().get("one");
  }

  private static List<TemplateUse> templates(String template) {
    return definition(template).router().templates();
  }

  @Test
  void a_name_is_a_list_of_one() {
    assertThat(templates("audited")).containsExactly(TemplateUse.of("audited"));
    assertThat(templates("audited").getFirst().location()).hasToString("servers.yaml:5:17");
  }

  @Test
  void without_the_key_it_is_the_shipped_one() {
    McpServersFile file =
        new McpServersReader(name -> null, true).read("f", "mcpServers: {one: {command: run}}");
    ServerDefinition one = ((McpServersFile.Accepted) file).servers().servers().get("one");
    assertThat(one.router().templates()).isEqualTo(RouterOptions.DEFAULT_TEMPLATES);
  }

  @Test
  void a_list_keeps_its_order_and_each_has_its_parameters_as_text() {
    assertThat(
            templates(
                "[{retry: {attempts: 4, fast: true}}, {redact: {patterns: [a, 'b\"']}}, dry-run, {x: }]"))
        .containsExactly(
            new TemplateUse("retry", Map.of("attempts", "4", "fast", "true"), null),
            new TemplateUse("redact", Map.of("patterns", "[\"a\",\"b\\\"\"]"), null),
            TemplateUse.of("dry-run"),
            TemplateUse.of("x"));
  }

  @Test
  void lists_and_objects_are_json_that_camel_takes_for_no_placeholder() {
    TemplateUse use =
        templates("[{a: {r: {x: {y: {z: '{{no}}', n: 1.50, f: false}}}}}]").getFirst();

    assertThat(use.parameters().get("r"))
        .isEqualTo("{\"x\":{\"y\":{\"z\":\"{\\u007bno}\\u007d\",\"n\":1.50,\"f\":false} } }");
  }

  @Test
  void where_an_entry_stands_does_not_tell_two_apart() {
    ServerDefinition one = definition("[{retry: {attempts: 4}}]");
    ServerDefinition moved = definition("\n        - retry:\n            attempts: 4");

    assertThat(one.sameAs(moved)).isTrue();
    assertThat(one.sameAs(definition("[{retry: {attempts: 5}}]"))).isFalse();
  }

  @Test
  void no_value_is_shown() {
    assertThat(templates("[{redact: {patterns: hush}}]").getFirst().toString())
        .contains("redact", "patterns")
        .doesNotContain("hush");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|servers.yaml:5:17|must name from 1 to 20",
        "7|servers.yaml:5:17|must be the name of a route template",
        "[{a: {}, b: {}}]|servers.yaml:5:18|an object with several keys",
        "['no name']|servers.yaml:5:18|is no name of a route template",
        "[{retry: 4}]|servers.yaml:5:26|must be an object with the template's parameters",
        "[{retry: {attempts: }}]|servers.yaml:5:27|has no value",
        "[{retry: {a: 1, a: 2}}]|servers.yaml:5:33|is here a second time",
      })
  void what_is_wrong_is_told_with_its_place(String template, String place, String what) {
    assertThat(read(template).faults().stream().map(Fault::toString))
        .anySatisfy(fault -> assertThat(fault).startsWith(place).contains("router.template", what));
  }
}
