package io.mcprouter.config.reader;

import static io.mcprouter.config.reader.ReadFiles.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.config.Endpoint;
import io.mcprouter.config.McpServersFile;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.Transport;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file of servers may be as a whole, and what becomes of its entries. */
class WholeFileTest {
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
