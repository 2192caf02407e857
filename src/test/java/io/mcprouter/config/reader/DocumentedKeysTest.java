package io.mcprouter.config.reader;

import static io.mcprouter.config.reader.ReadFiles.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.config.Endpoint;
import io.mcprouter.config.McpServersFile;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.ServerInstructions;
import io.mcprouter.config.Stderr;
import io.mcprouter.config.Transport;
import io.mcprouter.config.UserField;
import io.mcprouter.config.UserVariable;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What LibreChat's documentation says of each key, sentence by sentence. */
class DocumentedKeysTest {
  private static Endpoint.Stdio stdio(String lines) {
    return (Endpoint.Stdio) server(lines).endpoint();
  }

  private static Endpoint.Remote remote(String lines) {
    return (Endpoint.Remote) server(lines).endpoint();
  }

  @Nested
  class Type {
    @ParameterizedTest
    @CsvSource({
      "sse, SSE, http://localhost:3001/sse",
      "streamable-http, STREAMABLE_HTTP, https://example.com",
      "http, STREAMABLE_HTTP, https://example.com",
      "streamableHttp, STREAMABLE_HTTP, https://example.com",
      "websocket, WEBSOCKET, wss://example.com"
    })
    void names_the_connection(String type, Transport transport, String url) {
      assertThat(server("type: " + type + "\nurl: " + url).transport()).isEqualTo(transport);
    }

    @ParameterizedTest
    @CsvSource({
      "http://localhost:3001/sse, SSE",
      "https://example.com/mcp, SSE",
      "HTTPS://EXAMPLE.COM, SSE",
      "ws://localhost:8080, WEBSOCKET",
      "wss://example.com, WEBSOCKET",
      "${BASE_URL}/sse, SSE"
    })
    void is_told_by_the_url_where_it_is_omitted(String url, Transport transport) {
      assertThat(server("url: \"" + url + "\"").transport()).isEqualTo(transport);
    }

    @Test
    void is_told_although_a_variable_later_in_the_url_is_not_set() {
      assertThat(server("url: https://example.com/${UNSET}").transport()).isEqualTo(Transport.SSE);
    }

    @Test
    void is_stdio_where_a_command_is_given() {
      assertThat(server("command: npx").transport()).isEqualTo(Transport.STDIO);
      assertThat(server("type: stdio\ncommand: npx").transport()).isEqualTo(Transport.STDIO);
    }

    @Test
    void decides_where_both_url_and_command_are_given_and_the_other_is_warned_of() {
      String both = "url: https://example.com\ncommand: npx\nargs: [x]\n";
      assertThat(server(both + "type: stdio").transport()).isEqualTo(Transport.STDIO);
      assertThat(server(both + "type: sse").transport()).isEqualTo(Transport.SSE);
      assertThat(ReadFiles.warnings(ReadFiles.read(ReadFiles.entry(both + "type: sse"))))
          .containsExactly(
              "servers.yaml:4:5: a.command: has no effect on a server of type sse; remove it",
              "servers.yaml:5:5: a.args: has no effect on a server of type sse; remove it");
    }
  }

  @Nested
  class Child {
    @Test
    void has_a_command_and_its_arguments() {
      Endpoint.Stdio child = stdio("command: npx\nargs: ['-y', '@scope/server', '/a b']");
      assertThat(child.command()).isEqualTo("npx");
      assertThat(child.args()).containsExactly("-y", "@scope/server", "/a b");
    }

    @Test
    void needs_no_arguments() {
      assertThat(stdio("command: npx").args()).isEmpty();
    }

    @Test
    void has_environment_variables_in_the_order_of_the_file() {
      assertThat(stdio("command: npx\nenv:\n  Z: '1'\n  A: ''\n  M: yes").env())
          .containsExactly(
              java.util.Map.entry("Z", "1"),
              java.util.Map.entry("A", ""),
              java.util.Map.entry("M", "yes"));
    }

    @Test
    void inherits_standard_error_by_default() {
      assertThat(stdio("command: npx").stderr()).isEqualTo(Stderr.Choice.INHERIT);
    }

    @ParameterizedTest
    @CsvSource({"inherit, INHERIT", "pipe, PIPE", "ignore, IGNORE"})
    void has_the_ways_for_standard_error_that_spawn_has(String text, Stderr.Choice choice) {
      assertThat(stdio("command: npx\nstderr: " + text).stderr()).isEqualTo(choice);
    }

    @Test
    void may_write_its_standard_error_to_a_file_descriptor() {
      assertThat(stdio("command: npx\nstderr: 2").stderr()).isEqualTo(new Stderr.Descriptor(2));
    }

    @Test
    void has_a_working_directory() {
      assertThat(stdio("command: npx\ncwd: /srv").cwd()).isEqualTo("/srv");
      assertThat(stdio("command: npx").cwd()).isNull();
    }

    @Test
    void takes_placeholders_in_its_command_and_directory_literally_and_is_warned_of() {
      String lines = "command: ${HOME}/bin/x\ncwd: \"/srv/{{LIBRECHAT_USER_ID}}\"";
      assertThat(stdio(lines).command()).isEqualTo("${HOME}/bin/x");
      assertThat(ReadFiles.warnings(ReadFiles.read(ReadFiles.entry(lines))))
          .containsExactlyInAnyOrder(
              "servers.yaml:3:5: a.command: is taken literally; placeholders have no effect here",
              "servers.yaml:4:5: a.cwd: is taken literally; placeholders have no effect here");
    }
  }

  @Nested
  class Remote {
    @Test
    void has_a_url_with_user_fields_and_variables_unresolved() {
      String url = "${BASE_URL}/users/{{LIBRECHAT_USER_USERNAME}}/mcp";
      assertThat(remote("type: streamable-http\nurl: \"" + url + "\"").url()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "http://my_host:8080/mcp",
          "http://[::1]:8080/mcp",
          "https://example.com",
          "https://example.com?filter[x]=a%20b",
          "https://example.com/{{LIBRECHAT_USER_ID}}?u={{LIBRECHAT_USER_EMAIL}}#x"
        })
    void has_any_sound_url(String url) {
      assertThat(remote("type: sse\nurl: \"" + url + "\"").url()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sse", "streamable-http", "websocket"})
    void has_headers_on_every_transport(String type) {
      String url = type.equals("websocket") ? "wss://example.com" : "https://example.com";
      assertThat(remote("type: " + type + "\nurl: " + url + "\nheaders:\n  X-A: b").headers())
          .containsExactly(java.util.Map.entry("X-A", "b"));
    }

    @ParameterizedTest
    @EnumSource(UserField.class)
    void may_be_told_every_documented_user_field(UserField field) {
      String value = "{{" + field.placeholder() + "}}";
      assertThat(remote("url: https://example.com\nheaders:\n  X-A: \"" + value + "\"").headers())
          .containsEntry("X-A", value);
    }

    @Test
    void may_be_sent_declared_variables_and_environment_variables() {
      String lines =
          """
          url: https://example.com
          headers:
            X-Auth-Token: "{{MY_API_KEY}}"
            Authorization: "Bearer ${TOKEN}"
          customUserVars:
            MY_API_KEY:
              title: Key
          """;
      assertThat(remote(lines).headers()).hasSize(2);
      assertThat(ReadFiles.warnings(ReadFiles.read(ReadFiles.entry(lines)))).isEmpty();
    }

    @Test
    void is_warned_of_a_header_that_the_router_sets_itself_and_does_not_send_it() {
      String lines = "url: https://example.com\nheaders:\n  Content-Type: application/json";
      assertThat(remote(lines).headers()).isEmpty();
      assertThat(ReadFiles.warnings(ReadFiles.read(ReadFiles.entry(lines))))
          .containsExactly(
              "servers.yaml:5:7: a.headers.Content-Type: is set by the router itself and has no"
                  + " effect; remove it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://p:3128", "https://u:secret@p:1", "socks://p:1", "socks5://p:1"})
    void may_be_reached_through_a_proxy(String proxy) {
      assertThat(remote("url: https://example.com\nproxy: " + proxy).proxy()).isEqualTo(proxy);
    }
  }

  @Nested
  class Presentation {
    @Test
    void is_in_the_chat_menu_by_default() {
      assertThat(server("command: npx").presentation().chatMenu()).isTrue();
      assertThat(server("command: npx\nchatMenu: false").presentation().chatMenu()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"/path/to/icon.svg", "https://example.com/i.png", "data:image/png;base64,AA=="})
    void has_an_icon(String icon) {
      assertThat(server("command: npx\niconPath: " + icon).presentation().iconPath())
          .isEqualTo(icon);
    }

    @Test
    void has_a_title_which_is_the_name_by_default() {
      assertThat(server("command: npx").title()).isEqualTo("a");
      assertThat(server("command: npx\ntitle: Files\ndescription: All of them").title())
          .isEqualTo("Files");
    }
  }

  @Nested
  class Instructions {
    @Test
    void are_absent_by_default() {
      assertThat(server("command: npx").instructions()).isEqualTo(ServerInstructions.Choice.ABSENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "\"true\"", "'TRUE'", "\"True\""})
    void are_the_servers_own_with_true(String value) {
      assertThat(server("command: npx\nserverInstructions: " + value).instructions())
          .isEqualTo(ServerInstructions.Choice.FROM_SERVER);
    }

    @Test
    void are_off_with_false() {
      assertThat(server("command: npx\nserverInstructions: false").instructions())
          .isEqualTo(ServerInstructions.Choice.OFF);
    }

    @Test
    void are_the_administrators_text_with_a_text() {
      assertThat(server("command: npx\nserverInstructions: |\n  One\n  Two").instructions())
          .isEqualTo(new ServerInstructions.Text("One\nTwo\n"));
    }
  }

  @Nested
  class Times {
    @Test
    void have_the_documented_defaults() {
      ServerDefinition server = server("command: npx");
      assertThat(server.timeouts().timeout()).isEqualTo(Duration.ofSeconds(30));
      assertThat(server.timeouts().initTimeout()).isEqualTo(Duration.ofSeconds(10));
      assertThat(server.timeouts().sseReadTimeout()).isEqualTo(Duration.ofMinutes(5));
      assertThat(server.router().listWait()).isEqualTo(Duration.ofSeconds(2));
      assertThat(server.router().maxTimeout()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void are_in_milliseconds() {
      ServerDefinition server =
          server("command: npx\ntimeout: 60000\ninitTimeout: 15000\nsseReadTimeout: 1000");
      assertThat(server.timeouts().timeout()).isEqualTo(Duration.ofMinutes(1));
      assertThat(server.timeouts().initTimeout()).isEqualTo(Duration.ofSeconds(15));
      assertThat(server.timeouts().sseReadTimeout()).isEqualTo(Duration.ofSeconds(1));
      assertThat(server.router().maxTimeout()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void that_look_like_seconds_are_warned_of() {
      assertThat(ReadFiles.warnings(ReadFiles.read(ReadFiles.entry("command: npx\ntimeout: 60"))))
          .singleElement()
          .asString()
          .contains("a.timeout: is 60 ms");
    }
  }

  @Nested
  class Startup {
    @Test
    void is_on_by_default_and_off_with_false() {
      assertThat(server("command: npx").startup()).isTrue();
      assertThat(server("command: npx\nstartup: false").startup()).isFalse();
    }
  }

  @Nested
  class CustomUserVars {
    @Test
    void have_a_title_and_perhaps_a_description_with_html() {
      ServerDefinition server =
          server(
              """
              command: npx
              customUserVars:
                B_KEY:
                  title: "B"
                  description: "<a href='https://example.com' target='_blank'>More</a>"
                A_KEY:
                  title: "A"
                  sensitive: false
              """);
      assertThat(server.userVariables())
          .containsExactly(
              java.util.Map.entry(
                  "B_KEY",
                  new UserVariable(
                      "B", "<a href='https://example.com' target='_blank'>More</a>", true)),
              java.util.Map.entry("A_KEY", new UserVariable("A", null, false)));
    }
  }

  @Nested
  class WholeFile {
    @Test
    void may_hold_no_servers() {
      assertThat(ReadFiles.accepted("mcpServers:\n").servers()).isEmpty();
      assertThat(ReadFiles.accepted("mcpServers: {}").servers()).isEmpty();
    }

    @Test
    void keeps_the_order_of_its_servers() {
      String text = "mcpServers:\n  z: {command: x}\n  a: {command: x}\n  m: {command: x}";
      assertThat(ReadFiles.accepted(text).servers().keySet()).containsExactly("z", "a", "m");
    }

    @Test
    void lists_a_bad_entry_as_failed_and_uses_the_others() {
      var set =
          ReadFiles.accepted(
              "mcpServers:\n  a: {command: x}\n  b: {comand: x}\n  c: {url: 'https://x.example'}");
      assertThat(set.servers()).containsOnlyKeys("a", "c");
      assertThat(set.failed()).singleElement().satisfies(f -> assertThat(f.name()).isEqualTo("b"));
      assertThat(set.failed().getFirst().reasons())
          .extracting(Object::toString)
          .containsExactly(
              "servers.yaml:3:7: b.comand: is no known key; did you mean 'command'?",
              "servers.yaml:3:3: b: has neither 'command' nor 'url'; add the one that reaches it");
    }

    @Test
    void may_say_more_than_is_known_unless_read_strictly() {
      String text = ReadFiles.entry("command: npx\nnewInLibreChat: 5");
      assertThat(ReadFiles.accepted(text).servers()).containsOnlyKeys("a");
      assertThat(ReadFiles.warnings(ReadFiles.read(text)))
          .containsExactly(
              "servers.yaml:4:5: a.newInLibreChat: is no known key and has no effect; remove it");
      McpServersFile strict = ReadFiles.readStrictly(text);
      assertThat(((McpServersFile.Accepted) strict).servers().failed()).hasSize(1);
    }

    @Test
    void is_warned_of_variables_that_are_not_set_and_fails_strictly() {
      String text = ReadFiles.entry("url: https://example.com\nheaders:\n  X-A: 'k ${UNSET}'");
      assertThat(ReadFiles.warnings(ReadFiles.read(text)))
          .containsExactly(
              "servers.yaml:5:7: a.headers.X-A: ${UNSET} is not set or empty; set this environment"
                  + " variable");
      assertThat(ReadFiles.errors(ReadFiles.readStrictly(text))).hasSize(1);
    }

    @Test
    void may_begin_with_a_byte_order_mark_and_share_settings_by_merging() {
      String text =
          """
          x-common: &common
            timeout: 5000
            startup: false
          mcpServers:
            a:
              <<: *common
              command: npx
              timeout: 7000
          """;
      ServerDefinition server = ReadFiles.accepted("\uFEFF" + text).server("a").orElseThrow();
      assertThat(server.timeouts().timeout()).isEqualTo(Duration.ofSeconds(7));
      assertThat(server.startup()).isFalse();
    }

    @Test
    void may_be_json_indented_with_tabs() {
      String json =
          "{\n\t\"mcpServers\": {\n\t\t\"a\": {\"command\": \"x\", \"args\": [\"\\u0041\\/\\\\/\\ud83d\\ude00\"]}\n\t}\n}";
      Endpoint endpoint = ReadFiles.accepted(json).server("a").orElseThrow().endpoint();
      assertThat(((Endpoint.Stdio) endpoint).args()).containsExactly("A/\\/😀");
    }

    @Test
    void leaves_out_what_a_desktop_client_switched_off() {
      var set = ReadFiles.accepted("mcpServers:\n  a: {command: x, disabled: true}");
      assertThat(set.servers()).isEmpty();
      assertThat(set.failed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"transport, http", "transportType, streamable-http", "type, streamableHttp"})
    void understands_how_desktop_clients_write_the_type(String key, String value) {
      assertThat(server(key + ": " + value + "\nurl: https://example.com").transport())
          .isEqualTo(Transport.STREAMABLE_HTTP);
    }
  }
}
