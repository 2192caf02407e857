package io.mcprouter.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.config.Environment;
import io.mcprouter.config.McpServersFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are meant to do harm: each is refused quickly, with a reason. */
class YamlAttacksTest {
  private static final Environment NONE = name -> null;

  private static void assertRefused(String text, String fault) {
    McpServersFile file = ReadFiles.read(text);
    assertThat(file).isInstanceOf(McpServersFile.Refused.class);
    assertThat(ReadFiles.errors(file)).singleElement().asString().contains(fault);
  }

  @Test
  void a_billion_laughs() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String former = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, (former + ", ").repeat(8) + former));
    }
    assertRefused(bomb + "mcpServers: {}\n", "grows beyond 100000 values");
    assertThat(ReadFiles.errors(ReadFiles.read(bomb.toString())).getFirst())
        .matches("servers.yaml:\\d+:\\d+: file: .*");
  }

  @Test
  void a_bomb_of_merge_keys() {
    StringBuilder bomb = new StringBuilder("m0: &m0 {a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7}\n");
    for (int i = 1; i < 12; i++) {
      String former = "*m" + (i - 1);
      bomb.append("m%d: &m%d {<<: [%s]}\n".formatted(i, i, (former + ", ").repeat(8) + former));
    }
    assertRefused(bomb + "mcpServers: {}\n", "grows beyond 100000 values");
  }

  @Test
  void aliases_in_great_number_are_merely_counted() {
    StringBuilder text = new StringBuilder("x: &x {timeout: 5000}\nmcpServers:\n");
    for (int i = 0; i < 500; i++) {
      text.append("  s%d: {<<: *x, command: npx}\n".formatted(i));
    }
    assertThat(ReadFiles.accepted(text.toString()).servers()).hasSize(500);
  }

  @Test
  void nesting_without_end() {
    assertRefused("mcpServers: " + "[".repeat(60) + "]".repeat(60), "nested more than 50 levels");
    assertRefused("mcpServers: " + "[".repeat(5000) + "]".repeat(5000), "Nesting Depth exceeded");
    assertRefused(
        "mcpServers: " + "{a: ".repeat(60) + "}".repeat(60), "nested more than 50 levels");
  }

  @Test
  void an_object_that_contains_itself() {
    McpServersFile file = ReadFiles.read("mcpServers: &m\n  a: *m\n  b: {command: npx}\n");
    assertThat(ReadFiles.errors(file))
        .containsExactly(
            "servers.yaml:2:3: a: must be an object with 'command' or 'url', but is an alias that"
                + " refers to itself");
  }

  @Test
  void a_list_that_merges_itself() {
    McpServersFile file = ReadFiles.read("mcpServers:\n  a: &a\n    <<: [*a]\n    command: npx\n");
    assertThat(ReadFiles.errors(file)).singleElement().asString().contains("a.<<");
  }

  @Test
  void a_tag_makes_no_object() {
    McpServersFile file =
        ReadFiles.read(
            "x: !!java.net.URL ['http://example.com']\nmcpServers:\n  a: !!java.lang.Thread {}\n");
    assertThat(ReadFiles.errors(file)).singleElement().asString().contains("tags are refused");
  }

  @Test
  void a_file_beyond_the_limit(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("large.yaml");
    Files.writeString(file, "# " + "x".repeat(YamlDocument.MAX_SIZE) + "\nmcpServers: {}\n");
    assertThat(ReadFiles.errors(new McpServersReader(NONE, false).read(file)))
        .containsExactly(file + ":1:1: file: the file is larger than 3 MB; split it");
  }

  @Test
  void bytes_that_are_no_text(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("latin1.yaml");
    Files.write(file, "mcpServers: {é: {command: x}}".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(ReadFiles.errors(new McpServersReader(NONE, false).read(file)))
        .containsExactly(file + ":1:1: file: the file is not UTF-8 text; save it as UTF-8");
  }

  @Test
  void a_file_that_is_not_there(@TempDir Path directory) {
    Path file = directory.resolve("none.yaml");
    assertThat(ReadFiles.errors(new McpServersReader(NONE, false).read(file)))
        .containsExactly(file + ":1:1: file: there is no such file; create it or name another one");
  }

  @Test
  void a_control_character_within_the_text() {
    assertRefused("mcpServers:\n  a\u0001: {}\n", "2:4: file: holds a character");
  }

  @Test
  void a_fault_never_shows_a_value() {
    String secret = "s3cr3t";
    String text =
        """
        mcpServers:
          a:
            url: https://user:%1$s@example.com
            headers: {Host: %1$s, "X Y": %1$s, X-A: "%1$s\\n"}
            oauth: {client_secret: %1$s, token_url: "%1$s"}
            apiKey: {source: "%1$s", authorization_type: bearer, key: %1$s}
          b:
            command: x
            args: {%1$s: 1}
            env: {A: [%1$s], "B=": %1$s}
        """
            .formatted(secret);
    // a key is a name, wherever it stands; everything else is a value
    assertThat(ReadFiles.errors(ReadFiles.read(text)))
        .hasSizeGreaterThan(7)
        .noneMatch(fault -> fault.contains(secret));
    assertThat(ReadFiles.errors(ReadFiles.read("mcpServers: {a: {command: \"" + secret)))
        .isNotEmpty()
        .noneMatch(fault -> fault.contains(secret));
  }
}
