package io.mcprouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

class ExplainCommandTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void writeServers() throws IOException {
    file = directory.resolve("servers.yaml");
    Files.writeString(
        file,
        """
        mcpServers:
          files:
            command: files-server
            args: [--root, /srv, --api-key, hush1, --token=hush2, "https://a.example/x?key=hush3"]
            env: {PASSWORD: hush4, HOME: "${HOME}"}
            timeout: 5000
            router: {shared: true, tools: {exclude: ["delete_*"]}}
          tickets:
            type: streamable-http
            url: https://tickets.example.com/mcp?token=hush5&user={{LIBRECHAT_USER_ID}}
            headers: {Authorization: "Bearer hush6 {{KEY}}"}
            customUserVars: {KEY: {title: Key}}
            startup: false
        """);
  }

  private Ran explain(String server) {
    return Ran.command("explain", server, "--config", file.toString());
  }

  @Test
  void the_effective_settings_are_shown_with_their_defaults() {
    Ran ran = explain("files");

    assertThat(ran.exit()).isZero();
    String settings = ran.out().substring(0, ran.out().indexOf("# The Camel route"));
    Map<String, Object> shown = new Yaml().load(settings);
    assertThat(shown)
        .containsEntry("transport", "stdio")
        .containsEntry("command", "files-server")
        .containsEntry("sessions", "one, which all users share (router.shared)");
    assertThat(shown.get("timeouts"))
        .asString()
        .contains("timeout=5000 ms", "initTimeout=10000 ms", "router.maxTimeout=50000 ms");
    assertThat(shown.get("tools")).asString().contains("delete_*", "files__tool");
    assertThat(shown.get("endpoints")).asString().contains("/servers/files/mcp", "/sets/chat/mcp");
  }

  @Test
  void the_route_is_shown_as_it_will_run() {
    assertThat(explain("files").out())
        .contains("id: mcp.files", "uri: direct:mcp.files", "uri: mcp-stdio:files", "errorHandler")
        .doesNotContain("{{entry}}", "template:");
  }

  @Test
  void no_secret_is_shown_and_every_placeholder_is_by_name() {
    String both = explain("files").out() + explain("tickets").out();

    assertThat(both)
        .doesNotContain("hush")
        .contains("--root", "/srv", "${HOME}", "{{KEY}}", "{{LIBRECHAT_USER_ID}}")
        .contains("tickets.example.com", "startup: false");
  }

  @Test
  void an_unknown_server_gets_the_nearest_name() {
    Ran ran = explain("ticket");

    assertThat(ran.exit()).isOne();
    assertThat(ran.err()).contains("did you mean 'tickets'?");
  }

  @Test
  void a_server_that_routes_are_is_shown_with_the_places_of_its_routes() throws IOException {
    Path routes = Files.createDirectory(directory.resolve("routes"));
    Path units =
        Files.writeString(
            routes.resolve("units.camel.yaml"),
            """
            - route:
                id: convert
                from:
                  uri: mcp-tool:convert_temperature
                  parameters:
                    server: units
                    description: Converts a temperature
                  steps:
                    - setBody:
                        constant: "68 F"
            - routeTemplate:
                id: table
                parameters:
                  - name: unit
                from:
                  uri: "mcp-resource:{{unit}}?server=units"
                  steps:
                    - setBody:
                        constant: "a table"
            - templatedRoute:
                routeTemplateRef: table
                routeId: kelvin-table
                parameters:
                  - name: unit
                    value: kelvin
            """);
    String[] rest = {"--config", file.toString(), "--routes", routes.toString()};

    Ran ran = Ran.command("explain", "units", rest[0], rest[1], rest[2], rest[3]);
    Ran unknown = Ran.command("explain", "zzz", rest[0], rest[1], rest[2], rest[3]);

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.lines()).first().asString().isEqualTo("'units' is made of routes:");
    assertThat(ran.lines())
        .anyMatch(
            line ->
                line.startsWith("  " + units + ":2 (route convert)")
                    && line.endsWith(": tool convert_temperature"))
        .anyMatch(line -> line.endsWith(units + ":21 (route kelvin-table): resource kelvin"));
    assertThat(unknown.err()).contains("there are: files, tickets, units");
  }

  @Test
  void a_file_of_routes_that_is_wrong_is_left_out_and_said_with_its_place() throws IOException {
    Path routes = Files.createDirectory(directory.resolve("routes"));
    Path wrong = Files.writeString(routes.resolve("wrong.camel.yaml"), "- rout:\n    id: a\n");

    Ran ran =
        Ran.command("explain", "files", "--config", file.toString(), "--routes", routes.toString());

    assertThat(ran.exit()).isZero();
    assertThat(ran.err()).startsWith(wrong + ":1:").contains("rout");
  }

  @Test
  void a_server_whose_user_must_log_in_does_not_connect_at_start() throws IOException {
    Files.writeString(
        file,
        "mcpServers:\n  one: {type: sse, url: 'https://one.example/sse', requiresOAuth: true}\n");

    assertThat(explain("one").out()).contains("its user must log in");
  }

  @Test
  void a_directory_of_routes_that_does_not_exist_is_told_before_anything_is_shown() {
    Ran ran = Ran.command("explain", "files", "--config", file.toString(), "--routes", "nowhere");

    assertThat(ran.exit()).isOne();
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("--routes: there is no directory nowhere");
  }

  @Test
  void a_route_file_that_is_wrong_is_told_as_the_router_tells_it() throws IOException {
    Path routes = Files.createDirectory(directory.resolve("routes"));
    Path broken = routes.resolve("broken.camel.yaml");
    Files.writeString(
        broken, "- route:\n    from:\n      uri: direct:a\n      steps:\n        - setBoddy: x\n");

    Ran ran =
        Ran.command("explain", "files", "--config", file.toString(), "--routes", routes.toString());

    assertThat(ran.exit()).isZero();
    assertThat(ran.err())
        .contains(broken + ":5:")
        .contains(": routes: Unknown node id: setBoddy; this file is left out");
  }

  @Test
  void a_template_that_does_not_exist_is_named() throws IOException {
    Files.writeString(file, "mcpServers:\n  one: {command: npx, router: {template: guarded}}\n");

    Ran ran = explain("one");

    assertThat(ran.exit()).isOne();
    assertThat(ran.err()).contains("'guarded'");
  }

  @Test
  void a_composed_entry_is_shown_route_by_route_in_the_order_of_a_call() throws IOException {
    Files.writeString(
        file,
        """
        mcpServers:
          one:
            command: npx
            router:
              template:
                - redact: {patterns: ["sk-[a-z]+"], replacement: "***"}
                - retry: {attempts: 4}
                - circuit-breaker
        """);

    String out = explain("one").out();

    assertThat(out.substring(out.indexOf("# 4 Camel routes")))
        .isEqualToNormalizingNewlines(
            Files.readString(Path.of("src/test/resources/explain/composed.yaml")));
  }

  @Test
  void a_guardrail_that_asks_a_person_is_shown_with_its_parameters() throws IOException {
    Files.writeString(
        file,
        """
        mcpServers:
          one:
            command: npx
            router:
              template:
                - approval: {tools: ["delete_*"], by: api, seconds: 60}
        """);

    assertThat(explain("one").out())
        .contains("mcp.one.1.approval", "io.mcprouter.routing.guard.Approval", "delete_*", "60");
  }
}
