package io.mcprouter.config.reader;

import static io.mcprouter.config.reader.ReadFiles.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.config.Endpoint;
import io.mcprouter.config.Stderr;
import io.mcprouter.config.Transport;
import io.mcprouter.config.UserField;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What LibreChat's documentation says of where a server is, sentence by sentence. */
class DocumentedEndpointsTest {
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
    void is_warned_of_an_api_key_which_would_be_a_header() {
      String lines =
          """
          command: npx
          env:
            KEY: "{{MCP_API_KEY}}"
          apiKey:
            source: user
            authorization_type: bearer
          """;
      assertThat(stdio(lines).env()).containsEntry("KEY", "{{MCP_API_KEY}}");
      assertThat(ReadFiles.warnings(ReadFiles.read(ReadFiles.entry(lines))))
          .containsExactly(
              "servers.yaml:6:5: a.apiKey: sets a header, which a server of type stdio has not;"
                  + " give its key in 'env'");
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
    @ValueSource(strings = {"http://p:3128", "http://u:secret@p:1", "socks://p:1", "socks5://p:1"})
    void may_be_reached_through_a_proxy(String proxy) {
      assertThat(remote("url: https://example.com\nproxy: " + proxy).proxy()).isEqualTo(proxy);
    }
  }
}
