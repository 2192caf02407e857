package io.mcprouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameAFile() {
    file = directory.resolve("servers.yaml");
  }

  @Test
  void a_right_file_is_accepted_without_a_word_on_standard_output() throws IOException {
    Files.writeString(file, "mcpServers:\n  demo: {command: mcp-router, args: [demo-server]}\n");

    Ran ran = Ran.command("validate", file.toString());

    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("1 usable server, 0 errors, 0 warnings");
  }

  @Test
  void each_fault_is_one_line_with_its_place() throws IOException {
    Files.writeString(
        file,
        """
        mcpServers:
          one:
            comand: npx
          two: {command: a, url: http://localhost/}
        """);

    Ran ran = Ran.command("validate", file.toString());

    assertThat(ran.exit()).isOne();
    assertThat(ran.lines())
        .contains(file + ":3:5: one.comand: is no known key; did you mean 'command'?")
        .anyMatch(line -> line.startsWith(file + ":4:3: two: "));
  }

  @Test
  void a_warning_is_printed_and_counts_only_when_strict() throws IOException {
    Files.writeString(file, "mcpServers:\n  one: {command: npx, somethingNew: 1}\n");

    Ran lenient = Ran.command("validate", file.toString());
    Ran strict = Ran.command("validate", "--strict", file.toString());

    assertThat(lenient.exit()).isZero();
    assertThat(lenient.lines())
        .singleElement()
        .asString()
        .startsWith(file + ":2:23: one.somethingNew: warning: ");
    assertThat(strict.exit()).isOne();
    assertThat(strict.out()).doesNotContain("warning:");
  }

  @Test
  void a_directory_is_no_file() {
    Ran ran = Ran.command("validate", directory.toString());

    assertThat(ran.exit()).isOne();
    assertThat(ran.out()).contains("is a directory; name a file in it");
  }

  @Test
  void a_missing_file_is_a_fault_of_its_own() {
    Ran ran = Ran.command("validate", file.toString());

    assertThat(ran.exit()).isOne();
    assertThat(ran.out()).contains("there is no such file");
  }

  @Test
  void templates_that_are_used_wrongly_are_faults_with_their_place() throws IOException {
    Files.writeString(
        file,
        """
        mcpServers:
          right: {command: a, router: {template: [{retry: {attempts: 4}}, circuit-breaker]}}
          unknown: {command: a, router: {template: retri}}
          parameter: {command: a, router: {template: [{retry: {atempts: 4}}]}}
          missing: {command: a, router: {template: [tap-file]}}
          value:
            command: a
            router:
              template:
                - retry: {attempts: many}
        """);

    Ran ran = Ran.command("validate", file.toString());

    assertThat(ran.exit()).isOne();
    assertThat(ran.lines())
        .hasSize(4)
        .anyMatch(
            line ->
                line.startsWith(file + ":3:44: unknown.router.template: 'retri' is no known")
                    && line.endsWith("did you mean 'retry'?"))
        .anyMatch(
            line ->
                line.startsWith(file + ":4:48: parameter.router.template: 'retry' has no")
                    && line.endsWith("did you mean 'attempts'?"))
        .anyMatch(
            line -> line.startsWith(file + ":5:45: missing.router.template: 'tap-file' needs"))
        .anyMatch(
            line ->
                line.startsWith(
                    file + ":10:11: value.router.template: 'retry' cannot be used so:"));
    assertThat(ran.err()).contains("1 usable server, 4 errors");
  }

  @Test
  void a_file_of_routes_is_checked_as_one() throws IOException {
    String right =
        """
        # says hello
        - route:
            id: hello
            from:
              uri: mcp-tool:hello
              steps:
                - setBody:
                    constant: "Hello"
        """;
    Path routes = Files.writeString(directory.resolve("hello.camel.yaml"), right);
    Path list = Files.writeString(directory.resolve("wrong.yaml"), right.replace("Body", "Bodi"));

    Ran good = Ran.command("validate", routes.toString());
    Ran wrong = Ran.command("validate", list.toString());

    assertThat(good.exit()).isZero();
    assertThat(good.out()).isEmpty();
    assertThat(good.err()).contains("hello.camel.yaml: a file of routes, 0 errors");
    assertThat(wrong.exit()).isOne();
    assertThat(wrong.out()).startsWith(list + ":7:").contains("setBodi");
  }

  @Test
  void a_file_of_routes_may_use_templates_that_stand_beside_it() throws IOException {
    Files.writeString(
        directory.resolve("greet.camel.yaml"),
        """
        - routeTemplate:
            id: greet
            parameters:
              - name: who
            from:
              uri: "direct:{{who}}"
              steps:
                - setBody:
                    constant: "Hello"
        """);
    Path use =
        Files.writeString(
            directory.resolve("use.camel.yaml"),
            """
            - templatedRoute:
                routeTemplateRef: greet
                routeId: ada
                parameters:
                  - name: who
                    value: ada
            """);
    Files.writeString(directory.resolve("wrong.camel.yaml"), "- rout: {}\n");

    Ran ran = Ran.command("validate", use.toString());

    assertThat(ran.exit()).as(ran.out()).isZero();
  }

  @Test
  void what_the_page_shows_of_guardrails_is_right() throws IOException {
    String page = Files.readString(Path.of("docs/reference/guardrails.md"));
    List<String> shown =
        Pattern.compile("```yaml\n(mcpServers:.*?)```", Pattern.DOTALL)
            .matcher(page)
            .results()
            .map(block -> block.group(1))
            .toList();
    assertThat(shown).hasSizeGreaterThan(3).anyMatch(entry -> entry.contains("approval:"));
    for (String entry : shown) {
      Files.writeString(file, entry);
      Ran ran = Ran.command("validate", file.toString());
      assertThat(ran.exit()).as(ran.out()).isZero();
    }
  }

  @Test
  void beans_of_route_files_are_not_made() throws IOException {
    Files.writeString(file, "mcpServers: {}\n");
    Path routes = Files.createDirectory(directory.resolve("routes"));
    Files.writeString(
        routes.resolve("broker.camel.yaml"),
        """
        - beans:
            - name: broker
              type: org.apache.qpid.jms.JmsConnectionFactory
              properties:
                remoteURI: "{{jms.url}}"
        - route:
            id: begin
            from:
              uri: direct:begin
              steps:
                - to: "bean:broker"
        """);
    Ran ran = Ran.command("validate", file.toString(), "--routes", routes.toString());
    assertThat(ran.exit()).as(ran.out()).isZero();
  }

  @Test
  void a_route_file_that_cannot_be_read_is_a_fault() throws IOException {
    Files.writeString(file, "mcpServers: {}\n");
    Path routes = Files.createDirectory(directory.resolve("routes"));
    Path wrong =
        Files.writeString(
            routes.resolve("wrong.camel.yaml"),
            """
            - route:
                id: wrong
                from:
                  uri: direct:wrong
                  steps:
                    - setBodi:
                        constant: "x"
            """);

    Ran ran = Ran.command("validate", file.toString(), "--routes", routes.toString());

    assertThat(ran.exit()).isOne();
    assertThat(ran.out()).startsWith(wrong + ":6:").contains("setBodi");
  }
}
