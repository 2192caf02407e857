package io.mcprouter.routing.placeholder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcprouter.config.Environment;
import io.mcprouter.config.McpServersFile;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.reader.McpServersReader;
import io.mcprouter.protocol.Caller;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerTemplatesTest {
  private static final Environment ENVIRONMENT = Map.of("TOKEN", "t0ken")::get;
  private static final Caller ANNA = new Caller("anna", Map.of("username", "an/na"));
  private static final Caller BERT = new Caller("bert", Map.of("username", "bert"));

  private static ServerTemplates compile(String entry) {
    return ServerTemplates.compile(definition(entry), ENVIRONMENT);
  }

  private static ServerDefinition definition(String entry) {
    McpServersFile file =
        new McpServersReader(ENVIRONMENT, false)
            .read("servers.yaml", "mcpServers:\n  a:\n" + entry.indent(4));
    return ((McpServersFile.Accepted) file).servers().server("a").orElseThrow();
  }

  @Test
  void where_nothing_depends_on_the_user_the_same_object_is_given_to_all() {
    ServerTemplates templates =
        compile("url: https://x.example/mcp\nheaders: {Authorization: 'Bearer ${TOKEN}'}");
    assertThat(templates.needsUser()).isFalse();
    assertThat(templates.needsVariables()).isEmpty();
    ResolvedServer resolved = templates.resolve(ANNA, Map.of());
    assertThat(resolved).isSameAs(templates.resolve(Caller.APPLICATION, Map.of()));
    assertThat(resolved.headers()).containsExactly(Map.entry("Authorization", "Bearer t0ken"));
    assertThat(resolved.url()).isEqualTo("https://x.example/mcp");
  }

  @Test
  void users_get_their_own_values_and_digests() {
    ServerTemplates templates =
        compile("url: 'https://x.example/{{LIBRECHAT_USER_USERNAME}}/mcp'\nheaders: {A: b}");
    assertThat(templates.needsUser()).isTrue();
    ResolvedServer anna = templates.resolve(ANNA, Map.of());
    ResolvedServer bert = templates.resolve(BERT, Map.of());
    assertThat(anna.url()).isEqualTo("https://x.example/an%2Fna/mcp");
    assertThat(bert.url()).isEqualTo("https://x.example/bert/mcp");
    assertThat(anna.digest()).isNotEqualTo(bert.digest());
    assertThat(templates.resolve(ANNA, Map.of()).digest()).isEqualTo(anna.digest());
  }

  @Test
  void a_child_gets_its_arguments_and_variables() {
    ServerTemplates templates =
        compile(
            """
            command: npx
            args: ["-y", "--user={{LIBRECHAT_USER_ID}}", "{{KEY}}"]
            env: {TOKEN: "${TOKEN}", KEY: "{{KEY}}"}
            customUserVars: {KEY: {title: Key}, UNUSED: {title: Unused}}
            """);
    assertThat(templates.needsVariables()).containsExactly("KEY");
    ResolvedServer resolved = templates.resolve(ANNA, Map.of("KEY", "k"));
    assertThat(resolved.args()).containsExactly("-y", "--user=anna", "k");
    assertThat(resolved.env()).containsExactly(Map.entry("TOKEN", "t0ken"), Map.entry("KEY", "k"));
    assertThat(resolved.url()).isNull();
  }

  @Test
  void other_values_of_a_variable_make_another_digest() {
    ServerTemplates templates =
        compile("command: x\nenv: {K: '{{KEY}}'}\ncustomUserVars: {KEY: {title: Key}}");
    assertThat(templates.resolve(ANNA, Map.of("KEY", "1")).digest())
        .isNotEqualTo(templates.resolve(ANNA, Map.of("KEY", "2")).digest());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "command: x | command: y",
        "command: x | {command: x, cwd: /tmp}",
        "command: x | {command: x, stderr: pipe}",
        "{type: sse, url: 'http://x/'} | {type: streamable-http, url: 'http://x/'}"
      })
  void another_program_or_transport_makes_another_digest(String one, String other) {
    assertThat(compile(one).resolve(ANNA, Map.of()).digest())
        .isNotEqualTo(compile(other).resolve(ANNA, Map.of()).digest());
  }

  @Test
  void a_digest_tells_texts_apart_that_look_alike_when_joined() {
    assertThat(compile("command: x\nargs: [ab, c]").resolve(ANNA, Map.of()).digest())
        .isNotEqualTo(compile("command: x\nargs: [a, bc]").resolve(ANNA, Map.of()).digest());
    assertThat(compile("command: x\nenv: {a: b}").resolve(ANNA, Map.of()).digest())
        .isNotEqualTo(compile("command: x\nargs: [a, b]").resolve(ANNA, Map.of()).digest());
  }

  @ParameterizedTest
  @CsvSource({
    "'bearer, key: \"${TOKEN}\"', Authorization, Bearer t0ken",
    "'basic, key: \"abc\"', Authorization, Basic abc",
    "'custom, key: \"abc\"', X-Api-Key, abc",
    "'custom, key: \"abc\", custom_header: X-Mine', X-Mine, abc"
  })
  void a_key_of_the_administrator_becomes_a_header_and_takes_the_place_of_another(
      String type, String header, String value) {
    ServerTemplates templates =
        compile(
            "url: https://x.example\nheaders: {authorization: other}\n"
                + "apiKey: {source: admin, authorization_type: "
                + type
                + "}");
    assertThat(templates.needsUser()).isFalse();
    assertThat(templates.resolve(ANNA, Map.of()).headers()).containsEntry(header, value);
    if (header.equals("Authorization")) {
      assertThat(templates.resolve(ANNA, Map.of()).headers()).hasSize(1);
    }
  }

  @Test
  void a_key_of_the_user_is_a_variable() {
    ServerTemplates templates =
        compile("url: https://x.example\napiKey: {source: user, authorization_type: bearer}");
    assertThat(templates.needsVariables()).containsExactly("MCP_API_KEY");
    assertThat(templates.resolve(ANNA, Map.of("MCP_API_KEY", "k")).headers())
        .containsEntry("Authorization", "Bearer k");
    assertThatThrownBy(() -> templates.resolve(ANNA, Map.of()))
        .isInstanceOf(PlaceholderException.class)
        .hasMessageContainingAll("server 'a'", "MCP_API_KEY");
  }

  @Test
  void a_variable_that_is_not_set_is_an_error_of_that_server() {
    ServerDefinition server = definition("command: x\nargs: ['${UNSET}']");
    assertThatThrownBy(() -> ServerTemplates.compile(server, ENVIRONMENT))
        .isInstanceOf(PlaceholderException.class)
        .hasMessageContainingAll("server 'a'", "args[0]", "UNSET", "not set");
  }

  @Test
  void a_proxy_takes_variables_of_the_environment() {
    assertThat(
            compile("url: https://x.example\nproxy: 'http://u:${TOKEN}@p:3128'")
                .resolve(ANNA, Map.of())
                .proxy())
        .isEqualTo("http://u:t0ken@p:3128");
  }

  @Test
  void what_is_resolved_is_not_shown() {
    ResolvedServer resolved =
        compile("url: https://x.example\nheaders: {A: '${TOKEN}'}").resolve(ANNA, Map.of());
    assertThat(resolved.toString()).doesNotContain("t0ken").contains(resolved.digest());
  }
}
