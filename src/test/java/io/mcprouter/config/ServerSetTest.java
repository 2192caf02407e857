package io.mcprouter.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.config.reader.McpServersReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSetTest {
  private static ServerSet set(String text) {
    McpServersFile file = new McpServersReader(name -> null, false).read("servers.yaml", text);
    return ((McpServersFile.Accepted) file).servers();
  }

  @Test
  void a_difference_tells_what_is_added_changed_removed_and_the_same() {
    ServerSet former =
        set("mcpServers:\n  same: {command: x}\n  other: {command: x}\n  gone: {command: x}\n");
    ServerSet next =
        set(
            """
            # moved down

            mcpServers:
              new: {command: x}
              other: {command: y}
              same: {command: x}
            """);
    ServerSet.Difference difference = ServerSet.difference(former, next);
    assertThat(difference.added()).extracting(ServerDefinition::name).containsExactly("new");
    assertThat(difference.changed()).extracting(ServerDefinition::name).containsExactly("other");
    assertThat(difference.removed()).extracting(ServerDefinition::name).containsExactly("gone");
    assertThat(difference.unchanged()).extracting(ServerDefinition::name).containsExactly("same");
    assertThat(difference.isEmpty()).isFalse();
  }

  @Test
  void a_moved_entry_is_the_same() {
    ServerSet.Difference difference =
        ServerSet.difference(
            set("mcpServers:\n  a: {url: 'https://x.example', headers: {A: b}}\n"),
            set("# later\nmcpServers:\n  a:\n    url: https://x.example\n    headers: {A: b}\n"));
    assertThat(difference.isEmpty()).isTrue();
  }

  @Test
  void an_entry_that_became_wrong_keeps_its_former_definition_and_stays_listed_as_failed() {
    ServerSet former = set("mcpServers:\n  a: {command: x}\n  b: {command: x}\n");
    ServerSet next = set("mcpServers:\n  a: {comand: x}\n  b: {command: y}\n").keeping(former);
    assertThat(next.server("a")).contains(former.servers().get("a"));
    assertThat(next.failed()).extracting(FailedServer::name).containsExactly("a");
    assertThat(ServerSet.difference(former, next).changed())
        .extracting(ServerDefinition::name)
        .containsExactly("b");
  }

  @Test
  void the_built_in_toolset_has_every_server_that_the_chat_menu_has() {
    ServerSet set =
        set(
            "mcpServers:\n  a: {command: x}\n  b: {command: x, chatMenu: false}\n  c: {command: x}");
    assertThat(set.toolset("chat").orElseThrow().servers()).containsExactly("a", "c");
    assertThat(set.toolset("other")).isEmpty();
  }

  @Test
  void a_toolset_admits_tools_of_its_servers_by_name_or_by_server_and_name() {
    Toolset work =
        set("""
            mcpServers: {a: {command: x}, b: {command: x}, c: {command: x}}
            toolsets: {work: {servers: [a, b], tools: ["read_*", "b/write"]}}
            """)
            .toolset("work")
            .orElseThrow();
    assertThat(work.admits("a", "read_file")).isTrue();
    assertThat(work.admits("a", "write")).isFalse();
    assertThat(work.admits("b", "write")).isTrue();
    assertThat(work.admits("c", "read_file")).isFalse();
  }

  @Test
  void a_selection_of_tools_includes_excludes_and_renames() {
    ToolSelection tools =
        set("""
            mcpServers:
              a:
                command: x
                router:
                  tools:
                    include: ["get_*", ping]
                    exclude: [get_secret]
                    rename: {get_a: fetch_a}
            """)
            .server("a")
            .orElseThrow()
            .router()
            .tools();
    assertThat(tools.admits("get_a")).isTrue();
    assertThat(tools.admits("ping")).isTrue();
    assertThat(tools.admits("pinger")).isFalse();
    assertThat(tools.admits("get_secret")).isFalse();
    assertThat(tools.shownName("get_a")).isEqualTo("fetch_a");
    assertThat(tools.shownName("ping")).isEqualTo("ping");
  }

  @ParameterizedTest
  @CsvSource({
    "*, anything, true",
    "a*c, abbbc, true",
    "a*c, ac, true",
    "a*c, acb, false",
    "*a*b*, xxaxxbxx, true",
    "*a*b*, xxbxxaxx, false",
    "a.c, abc, false",
    "ab, abc, false"
  })
  void a_star_stands_for_any_characters_and_nothing_else_does(
      String pattern, String name, boolean matches) {
    assertThat(new NamePattern(pattern).matches(name)).isEqualTo(matches);
  }

  @Test
  void nothing_that_may_be_secret_is_in_the_text_of_a_definition() {
    ServerDefinition server =
        set("""
            mcpServers:
              a:
                url: https://x.example/?key=s3cr3t
                headers: {A: s3cr3t}
                oauth_headers: {A: s3cr3t}
                oauth: {client_id: s3cr3t}
                apiKey: {source: admin, authorization_type: bearer, key: s3cr3t}
              b: {command: s3cr3t, args: [s3cr3t], env: {A: s3cr3t}}
            """)
            .server("a")
            .orElseThrow();
    assertThat(server.toString() + server.endpoint() + server.authorization())
        .doesNotContain("s3cr3t");
    assertThat(String.valueOf(server.authorization().oauth()) + server.authorization().apiKey())
        .doesNotContain("s3cr3t");
  }

  @Test
  void a_word_that_is_nothing_like_a_known_one_has_no_near_miss() {
    var known = java.util.List.of("timeout", "env", "url");
    assertThat(NearestName.of("timeuot", known)).contains("timeout");
    assertThat(NearestName.of("time-out", known)).contains("timeout");
    assertThat(NearestName.of("uri", known)).contains("url");
    assertThat(NearestName.of("autoApprove", known)).isEmpty();
    assertThat(NearestName.of("x", known)).isEmpty();
    assertThat(NearestName.of("t".repeat(100_000), known)).isEmpty();
  }
}
