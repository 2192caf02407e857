package io.mcprouter.catalog;

import static io.mcprouter.catalog.Clients.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.protocol.Caller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What entries and toolsets say about which tools are shown, how. */
class CatalogShapeTest {
  private static final View ONE = new View.Server("s");
  private static final String PIXEL =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
          + "rkJggg==";

  private final Clients clients = new Clients();

  @AfterEach
  void close() {
    clients.close();
  }

  @Test
  void a_hidden_tool_is_neither_listed_nor_called_on_any_view() {
    clients.servers.file(new Entry("s").include("read_*", "drop").exclude("*_secret"));
    clients.servers.tools("s", "read_a", "read_secret", "write", "drop");
    assertThat(clients.tools()).containsExactly("s__read_a", "s__drop");
    assertThat(clients.tools(ONE, ALICE)).containsExactly("read_a", "drop");
    assertThat(clients.tool("s__read_secret")).isNull();
    assertThat(clients.tool(ONE, ALICE, "read_secret")).isNull();
    assertThat(clients.tool(ONE, ALICE, "write")).isNull();
    assertThat(clients.tool(ONE, ALICE, "drop")).isEqualTo(new Target("s", "drop"));
  }

  @Test
  void a_hidden_tool_cannot_be_called_before_anything_was_listed() {
    clients.servers.file(new Entry("s").exclude("write"), new Entry("other"));
    clients.servers.tools("s", "write", "read");
    clients.servers.tools("other", "t");
    assertThat(clients.tool("s__write")).isNull();
    assertThat(clients.tool("s__read")).isEqualTo(new Target("s", "read"));
  }

  @Test
  void a_renamed_tool_is_called_by_its_new_name_alone() {
    clients.servers.file(new Entry("s").rename(Map.of("x1", "search")));
    clients.servers.tools("s", "x1", "other");
    assertThat(clients.tool("s__search")).isEqualTo(new Target("s", "x1"));
    assertThat(clients.tool("s__x1")).isNull();
    assertThat(clients.tools()).containsExactly("s__search", "s__other");
    assertThat(clients.tool("s__search")).isEqualTo(new Target("s", "x1"));
    assertThat(clients.tool("s__x1")).isNull();
    assertThat(clients.tool(ONE, ALICE, "search")).isEqualTo(new Target("s", "x1"));
    assertThat(clients.tool(ONE, ALICE, "x1")).isNull();
  }

  @Test
  void a_tool_gives_way_to_one_that_was_renamed_to_its_name() {
    clients.servers.file(new Entry("s").rename(Map.of("new", "search")));
    clients.servers.tools("s", "search", "new");
    assertThat(clients.tools()).containsExactly("s__search");
    assertThat(clients.tool("s__search")).isEqualTo(new Target("s", "new"));
  }

  @Test
  void rules_for_tools_leave_prompts_alone() {
    clients.servers.file(new Entry("s").include("none"));
    clients.servers.script("s", ScriptedServers.listing(ListKind.PROMPTS, "{\"name\":\"greet\"}"));
    assertThat(clients.page(View.EVERYTHING, ListKind.PROMPTS, ALICE))
        .isEqualTo("{\"prompts\":[{\"name\":\"s__greet\"}]}");
  }

  @Test
  void a_toolset_shows_its_servers_in_the_order_of_the_file_under_the_same_names() {
    clients.servers.toolset("set", List.of("b", "a"), "get", "b/put", "s*");
    clients.servers.file(
        new Entry("a").rename(Map.of("x", "search")), new Entry("b"), new Entry("c"));
    clients.servers.tools("a", "get", "put", "x");
    clients.servers.tools("b", "get", "put");
    clients.servers.tools("c", "get");
    View set = new View.Toolset("set");
    assertThat(clients.tools(set, ALICE))
        .containsExactly("a__get", "a__search", "b__get", "b__put");
    assertThat(clients.tool(set, ALICE, "a__put")).isNull();
    assertThat(clients.tool(set, ALICE, "c__get")).isNull();
    assertThat(clients.catalog.servers(set, Caller.APPLICATION))
        .extracting(server -> server.name())
        .containsExactly("a", "b");
  }

  @Test
  void the_built_in_toolset_holds_what_the_chat_menu_shows() {
    clients.servers.file(new Entry("a"), new Entry("b").outsideChat());
    clients.servers.tools("a", "t");
    clients.servers.tools("b", "t");
    assertThat(clients.tools(new View.Toolset("chat"), ALICE)).containsExactly("a__t");
  }

  @Test
  void a_url_becomes_the_icon_of_tools_without_one() {
    clients.servers.file(new Entry("s").icon("https://example.org/i.svg"));
    clients.servers.script(
        "s",
        ScriptedServers.listing(
            ListKind.TOOLS, "{\"name\":\"a\"}", "{\"name\":\"b\",\"icons\":[]}"));
    assertThat(clients.page(ONE, ListKind.TOOLS, ALICE))
        .isEqualTo(
            "{\"tools\":[{\"icons\":[{\"src\":\"https://example.org/i.svg\"}],\"name\":\"a\"},"
                + "{\"name\":\"b\",\"icons\":[]}]}");
    assertThat(clients.page(View.EVERYTHING, ListKind.TOOLS, ALICE))
        .startsWith(
            "{\"tools\":[{\"icons\":[{\"src\":\"https://example.org/i.svg\"}],\"name\":\"s__a\"}");
    assertThat(clients.catalog.icons("s"))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("[{\"src\":\"https://example.org/i.svg\"}]");
  }

  @Test
  void an_image_file_becomes_a_data_uri(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("icon.png");
    Files.write(file, Base64.getDecoder().decode(PIXEL));
    clients.servers.file(new Entry("s").icon(file.toString()));
    clients.servers.tools("s", "t");
    assertThat(clients.page(ONE, ListKind.TOOLS, ALICE))
        .contains("{\"icons\":[{\"src\":\"data:image/png;base64," + PIXEL + "\"}],\"name\":\"t\"");
  }

  @Test
  void what_is_no_small_image_is_left_out(@TempDir Path directory) throws IOException {
    Path text = Files.writeString(directory.resolve("icon.png"), "password=1");
    Path large = Files.write(directory.resolve("large.gif"), gif(Icon.MAX_BYTES + 1));
    clients.servers.file(
        new Entry("text").icon(text.toString()),
        new Entry("large").icon(large.toString()),
        new Entry("gone").icon(directory.resolve("none.png").toString()));
    for (String server : List.of("text", "large", "gone")) {
      clients.servers.tools(server, "t");
    }
    assertThat(clients.page(View.EVERYTHING, ListKind.TOOLS, ALICE)).doesNotContain("icons");
    assertThat(clients.catalog.icons("text")).isNull();
  }

  private static byte[] gif(int length) {
    byte[] image = new byte[length];
    System.arraycopy("GIF89a".getBytes(StandardCharsets.US_ASCII), 0, image, 0, 6);
    return image;
  }

  @Test
  void only_lists_that_are_changed_on_their_way_need_the_catalog() {
    clients.servers.file(
        new Entry("plain"),
        new Entry("rules").exclude("x"),
        new Entry("icon").icon("data:image/gif;base64,AAAA"));
    assertThat(clients.catalog.shapesListings("plain")).isFalse();
    assertThat(clients.catalog.shapesListings("rules")).isTrue();
    assertThat(clients.catalog.shapesListings("icon")).isTrue();
    assertThat(clients.catalog.shapesListings("unknown")).isFalse();
  }
}
