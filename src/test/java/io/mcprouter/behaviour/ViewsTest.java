package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of which server is seen where, and under which name. */
class ViewsTest {
  private static final String LONG =
      "a-server-whose-name-is-as-long-as-anybody-would-ever-write-it-down";
  private static final String ODD = "Büro & Co. (1)";
  private static final String OWN_WORDS = "Call a tool to see a behaviour.";

  private static Peer peer;
  private static RouterUnderTest router;

  @TempDir private static Path images;

  @BeforeAll
  static void start() throws IOException {
    peer = Peer.behaviour(South.HTTP);
    Path icon =
        Files.writeString(
            images.resolve("icon.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    ObjectNode picked = peer.entry();
    ObjectNode tools = picked.putObject("router").putObject("tools");
    tools.putArray("include").add("e*").add("fail").add("identity");
    tools.putArray("exclude").add("env");
    tools.putObject("rename").put("identity", "whoami");
    router =
        RouterUnderTest.start(
            new ServersFile()
                .with("plain", peer.entry())
                .with("hidden", peer.entry().put("chatMenu", false))
                .with("picked", picked)
                .with(LONG, peer.entry())
                .with(ODD, peer.entry())
                .with(
                    "speaks", peer.entry().put("serverInstructions", true).put("title", "Speaker"))
                .with("told", peer.entry().put("serverInstructions", "Only on Mondays."))
                .with("mute", peer.entry().put("serverInstructions", false))
                .with("drawn", peer.entry().put("iconPath", icon.toString()))
                .toolset("pair", "plain", "told"));
    try (McpClient client = McpClient.of(router).connect()) {
      await().until(() -> client.tools().stream().anyMatch(name -> name.startsWith("drawn__")));
    }
  }

  @AfterAll
  static void stop() {
    router.close();
    peer.close();
  }

  private static McpClient at(String view) {
    return McpClient.of(router).view(view).connect();
  }

  @Test
  void the_set_chat_leaves_out_what_is_not_for_the_chat_menu() {
    try (McpClient everything = at("");
        McpClient chat = at("/sets/chat")) {
      assertThat(everything.tools()).contains("hidden__echo", "plain__echo");
      assertThat(chat.tools())
          .contains("plain__echo")
          .noneMatch(name -> name.startsWith("hidden__"));
      assertThat(chat.call("hidden__echo", "{\"message\":\"x\"}").error().path("code").asInt())
          .isEqualTo(-32602);
    }
  }

  @Test
  void a_toolset_shows_its_servers_alone() {
    try (McpClient pair = at("/sets/pair")) {
      assertThat(pair.tools())
          .contains("plain__echo", "told__echo")
          .allMatch(name -> name.startsWith("plain__") || name.startsWith("told__"));
      assertThat(pair.say("told__echo", "{\"message\":\"x\"}")).isEqualTo("x");
    }
  }

  @ParameterizedTest
  @CsvSource({"'', picked__", "/servers/picked, ''"})
  void tools_are_included_excluded_and_renamed(String view, String prefix) {
    try (McpClient client = at(view)) {
      assertThat(client.tools().stream().filter(name -> name.startsWith(prefix)))
          .containsExactlyInAnyOrder(
              prefix + "echo", prefix + "elicit", prefix + "fail", prefix + "whoami");
      assertThat(client.say(prefix + "whoami", "{}")).isEqualTo("local");
      assertThat(client.call(prefix + "identity").isError()).isTrue();
      assertThat(client.call(prefix + "env").isError()).isTrue();
      assertThat(client.call(prefix + "blob").isError()).isTrue();
    }
  }

  @Test
  void all_public_names_are_different_short_enough_and_lead_to_their_tools() {
    try (McpClient client = at("")) {
      List<String> names = client.tools();

      assertThat(new HashSet<>(names)).hasSameSizeAs(names);
      assertThat(names).allMatch(name -> name.matches("[A-Za-z0-9_-]{1,64}"));
      for (String start : List.of(LONG.substring(0, 40), "B_ro_Co_1", "plain__")) {
        assertThat(client.say(echo(client, start), "{\"message\":\"x\"}")).isEqualTo("x");
      }
    }
  }

  /** A tool whose name may have been cut is known by its description. */
  private static String echo(McpClient client, String start) {
    for (JsonNode tool : client.ask("tools/list", "{}").result().path("tools")) {
      String name = tool.path("name").asText();
      if (name.startsWith(start) && tool.path("description").asText().equals("Behaviour echo")) {
        return name;
      }
    }
    throw new AssertionError("no echo begins with " + start);
  }

  @Test
  void a_server_with_any_name_has_an_address_of_its_own() {
    try (McpClient client = at("/servers/B%C3%BCro%20%26%20Co.%20%281%29")) {
      assertThat(client.say("echo", "{\"message\":\"x\"}")).isEqualTo("x");
    }
  }

  @Test
  void merged_instructions_are_those_that_the_entries_ask_for() {
    try (McpClient client = at("")) {
      String instructions = client.initialized().result().path("instructions").asText();

      assertThat(instructions)
          .contains("Speaker (speaks)")
          .containsOnlyOnce(OWN_WORDS)
          .contains("Only on Mondays.")
          .doesNotContain("plain")
          .doesNotContain("mute");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "plain, Call a tool to see a behaviour.",
    "speaks, Call a tool to see a behaviour.",
    "told, Only on Mondays.",
    "mute, ''"
  })
  void a_single_servers_instructions_follow_its_entry(String server, String expected) {
    try (McpClient client = at("/servers/" + server)) {
      assertThat(client.initialized().result().path("instructions").asText()).isEqualTo(expected);
    }
  }

  @Test
  void a_set_without_instructions_has_none() {
    try (McpClient client = at("/sets/pair")) {
      assertThat(client.initialized().result().path("instructions").asText())
          .contains("Only on Mondays.")
          .doesNotContain(OWN_WORDS);
    }
  }

  @Test
  void an_icon_path_is_the_servers_icon_and_that_of_its_tools() {
    try (McpClient one = at("/servers/drawn");
        McpClient all = at("")) {
      String data = "data:image/svg+xml;base64,";
      assertThat(
              one.initialized()
                  .result()
                  .path("serverInfo")
                  .path("icons")
                  .path(0)
                  .path("src")
                  .asText())
          .startsWith(data);
      assertThat(icons(one, "echo").path(0).path("src").asText()).startsWith(data);
      assertThat(icons(all, "drawn__echo").path(0).path("src").asText()).startsWith(data);
      assertThat(icons(all, "plain__echo").isMissingNode()).isTrue();
    }
  }

  private static JsonNode icons(McpClient client, String tool) {
    Message list = client.ask("tools/list", "{}");
    for (JsonNode each : list.result().path("tools")) {
      if (each.path("name").asText().equals(tool)) {
        return each.path("icons");
      }
    }
    throw new AssertionError(tool + " is not listed");
  }

  @Test
  void a_server_says_its_own_name_and_capabilities_and_the_whole_is_the_router() {
    try (McpClient one = at("/servers/plain");
        McpClient all = at("")) {
      assertThat(one.initialized().result().path("serverInfo").path("title").asText())
          .isEqualTo("Behaviour server");
      assertThat(all.initialized().result().path("serverInfo").path("name").asText())
          .isEqualTo("mcp-router");
      for (String capability :
          new String[] {"tools", "prompts", "resources", "logging", "completions"}) {
        assertThat(all.initialized().result().path("capabilities").has(capability)).isTrue();
        assertThat(one.initialized().result().path("capabilities").has(capability)).isTrue();
      }
    }
  }

  @Test
  void a_long_list_comes_in_pages_and_a_foreign_cursor_is_refused() {
    ServersFile file = new ServersFile();
    int servers = 45;
    for (int i = 0; i < servers; i++) {
      file.with("s" + i, peer.entry());
    }
    try (RouterUnderTest large = RouterUnderTest.start(file);
        McpClient client = McpClient.of(large).user("pages").connect()) {
      await()
          .until(
              () ->
                  client.tools().stream().filter(name -> name.endsWith("__echo")).count()
                      == servers);
      Message first = client.ask("tools/list", "{}");
      assertThat(first.result().path("nextCursor").asText()).isNotEmpty();
      List<String> names = client.tools();
      assertThat(names)
          .hasSizeGreaterThan(first.result().path("tools").size())
          .doesNotHaveDuplicates();
      assertThat(client.ask("tools/list", "{\"cursor\":\"made up\"}").error().path("code").asInt())
          .isEqualTo(-32602);
    }
  }

  @Test
  void a_server_that_is_not_to_start_with_the_router_waits_to_be_asked() {
    try (Peer lazy = Peer.behaviour(South.WEBSOCKET);
        Peer eager = Peer.behaviour(South.WEBSOCKET)) {
      ObjectNode shared =
          ServersFile.remote("websocket", "ws://127.0.0.1:" + eager.port() + "/", Map.of());
      ServersFile file =
          new ServersFile().with("lazy", lazy.entry().put("startup", false)).with("eager", shared);
      try (RouterUnderTest started = RouterUnderTest.start(file);
          McpClient client = McpClient.of(started).connect()) {
        await().until(() -> eager.stats().path("opened").asInt() == 1);
        assertThat(lazy.stats().path("opened").asInt()).isZero();

        assertThat(client.say("lazy__echo", "{\"message\":\"x\"}")).isEqualTo("x");

        await().until(() -> client.tools().contains("lazy__echo"));
      }
    }
  }
}
