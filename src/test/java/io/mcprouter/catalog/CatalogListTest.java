package io.mcprouter.catalog;

import static io.mcprouter.catalog.Clients.ALICE;
import static io.mcprouter.catalog.Clients.keys;
import static io.mcprouter.catalog.Clients.marked;
import static io.mcprouter.catalog.Clients.nextCursor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.protocol.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatalogListTest {
  private Clients clients = new Clients();

  @AfterEach
  void close() {
    clients.close();
  }

  @Test
  void servers_come_in_the_order_of_the_file_and_items_in_the_server_s_own() {
    clients.servers.file(new Entry("zulu"), new Entry("alpha"));
    clients.servers.tools("zulu", "z", "a");
    clients.servers.tools("alpha", "m", "b");
    assertThat(clients.tools()).containsExactly("zulu__z", "zulu__a", "alpha__m", "alpha__b");
  }

  @Test
  void only_the_name_of_an_item_is_replaced() {
    clients.servers.file(new Entry("s"));
    String item =
        "{ \"x-new\" : 1.10, \"description\":\"say \\\"name\\\"\", \"n\\u0061me\" : \"add\" ,"
            + "\"inputSchema\":{\"max\":12345678901234567890.123,\"name\":\"inner\"}}";
    clients.servers.script("s", ScriptedServers.listing(ListKind.TOOLS, item));
    assertThat(clients.page(View.EVERYTHING, ListKind.TOOLS, ALICE))
        .isEqualTo("{\"tools\":[" + item.replace("\"add\"", "\"s__add\"") + "]}");
  }

  @Test
  void an_item_with_two_names_or_none_is_left_out() {
    clients.servers.file(new Entry("s"));
    clients.servers.script(
        "s",
        ScriptedServers.listing(
            ListKind.TOOLS,
            "{\"name\":\"a\",\"name\":\"b\"}",
            "{\"title\":\"x\"}",
            "{\"name\":3}",
            "{\"name\":\"ok\"}"));
    assertThat(clients.tools()).containsExactly("s__ok");
  }

  @Test
  void a_server_without_the_capability_has_an_empty_list_and_is_not_marked() {
    clients.servers.file(new Entry("s"));
    clients.servers.tools("s", "t");
    assertThat(clients.page(View.EVERYTHING, ListKind.PROMPTS, ALICE))
        .isEqualTo("{\"prompts\":[]}");
    clients.page(View.EVERYTHING, ListKind.PROMPTS, ALICE);
    assertThat(clients.servers.asked("s")).hasSize(1);
  }

  @Test
  void a_repeated_list_asks_no_server_and_writes_nothing_anew() {
    clients.servers.file(new Entry("s"));
    clients.servers.tools("s", "t");
    Page first = Clients.await(clients.asks(View.EVERYTHING, ListKind.TOOLS, ALICE, null));
    Page second = Clients.await(clients.asks(View.EVERYTHING, ListKind.TOOLS, Clients.BOB, null));
    assertThat(second).isSameAs(first);
    assertThat(clients.servers.asked("s")).hasSize(1);
  }

  @Test
  void a_slow_server_is_not_waited_for_beyond_its_limit_and_clients_are_told_when_it_comes() {
    clients.servers.file(new Entry("slow").listWait(Duration.ofMillis(20)), new Entry("quick"));
    CompletableFuture<Frame> answer = new CompletableFuture<>();
    clients.servers.script("slow", asked -> answer);
    clients.servers.tools("quick", "t");
    String page = clients.page(View.EVERYTHING, ListKind.TOOLS, ALICE);
    assertThat(keys(page, ListKind.TOOLS)).containsExactly("quick__t");
    assertThat(marked(page, Pages.MISSING)).containsExactly("slow");
    assertThat(clients.heard).isEmpty();

    answer.complete(
        ScriptedServers.reply(
            ScriptedServers.page(ListKind.TOOLS, null, ScriptedServers.named("late"))));
    await().untilAsserted(() -> assertThat(clients.heard).containsExactly("slow TOOLS "));
    assertThat(clients.tools()).containsExactly("slow__late", "quick__t");
  }

  @Test
  void a_list_that_came_in_time_is_told_to_nobody() {
    clients.servers.file(new Entry("s"));
    CompletableFuture<Frame> answer = new CompletableFuture<>();
    clients.servers.script("s", asked -> answer);
    CompletableFuture<Page> page = clients.asks(View.EVERYTHING, ListKind.TOOLS, ALICE, null);
    assertThat(page).isNotDone();
    answer.complete(
        ScriptedServers.reply(
            ScriptedServers.page(ListKind.TOOLS, null, ScriptedServers.named("t"))));
    assertThat(page).isDone();
    assertThat(clients.heard).isEmpty();
  }

  @Test
  void a_server_that_is_down_is_left_out_marked_and_tried_again() {
    clients.servers.file(new Entry("down"), new Entry("up"));
    clients.servers.script("down", asked -> ScriptedServers.down("down"));
    clients.servers.tools("up", "t");
    String page = clients.page(View.EVERYTHING, ListKind.TOOLS, ALICE);
    assertThat(keys(page, ListKind.TOOLS)).containsExactly("up__t");
    assertThat(marked(page, Pages.MISSING)).containsExactly("down");

    clients.servers.tools("down", "back");
    await().untilAsserted(() -> assertThat(clients.heard).containsExactly("down TOOLS "));
    assertThat(clients.tools()).containsExactly("down__back", "up__t");
  }

  @Test
  void the_last_good_list_of_a_server_that_went_down_is_served_and_marked() {
    clients.servers.file(new Entry("s"));
    clients.servers.tools("s", "t");
    clients.tools();
    clients.servers.script("s", asked -> ScriptedServers.down("s"));
    clients.catalog.serverChanged("s", "", ListKind.TOOLS);
    await()
        .untilAsserted(
            () ->
                assertThat(
                        marked(clients.page(View.EVERYTHING, ListKind.TOOLS, ALICE), Pages.STALE))
                    .containsExactly("s"));
    assertThat(clients.tools()).containsExactly("s__t");
    assertThat(clients.tool("s__t")).isEqualTo(new Target("s", "t"));
    assertThat(clients.heard).isEmpty();
  }

  @Test
  void pages_continue_where_the_cursor_points() {
    paged(2);
    clients.servers.file(new Entry("a"), new Entry("b"));
    clients.servers.tools("a", "1", "2", "3");
    clients.servers.tools("b", "4", "5");
    assertThat(drained()).containsExactly("a__1", "a__2", "a__3", "b__4", "b__5");
  }

  @Test
  void a_page_ends_at_its_bound_of_bytes() {
    clients.close();
    clients =
        new Clients(
            new CatalogSettings(1_000, 120, Clients.QUICK.bounds(), Clients.QUICK.freshness(), 100),
            (server, caller) -> null);
    clients.servers.file(new Entry("a"));
    clients.servers.tools("a", "1", "2", "3");
    String first = clients.page(View.EVERYTHING, ListKind.TOOLS, ALICE);
    assertThat(keys(first, ListKind.TOOLS)).hasSize(2);
    assertThat(drained()).containsExactly("a__1", "a__2", "a__3");
  }

  @Test
  void an_outdated_cursor_continues_behind_the_item_last_seen() {
    paged(2);
    clients.servers.file(new Entry("a"));
    clients.servers.tools("a", "1", "2", "3", "4");
    String cursor = nextCursor(clients.page(View.EVERYTHING, ListKind.TOOLS, ALICE));
    clients.servers.tools("a", "0", "1", "2", "3", "4");
    clients.catalog.serverChanged("a", "", ListKind.TOOLS);
    await().untilAsserted(() -> assertThat(clients.heard).isNotEmpty());
    String next = clients.page(View.EVERYTHING, ListKind.TOOLS, ALICE, cursor);
    assertThat(keys(next, ListKind.TOOLS)).containsExactly("a__3", "a__4");
  }

  @Test
  void an_outdated_cursor_whose_item_is_gone_continues_at_its_place() {
    paged(2);
    clients.servers.file(new Entry("a"));
    clients.servers.tools("a", "1", "2", "3", "4");
    String cursor = nextCursor(clients.page(View.EVERYTHING, ListKind.TOOLS, ALICE));
    clients.servers.tools("a", "5");
    clients.catalog.serverChanged("a", "", ListKind.TOOLS);
    await().untilAsserted(() -> assertThat(clients.heard).isNotEmpty());
    String next = clients.page(View.EVERYTHING, ListKind.TOOLS, ALICE, cursor);
    assertThat(next).isEqualTo("{\"tools\":[]}");
  }

  @Test
  void a_cursor_that_was_never_given_out_is_invalid() {
    paged(1);
    clients.servers.file(new Entry("a"));
    clients.servers.script(
        "a",
        asked ->
            asked.method().equals(ListKind.TOOLS.method())
                ? ScriptedServers.done(
                    ScriptedServers.page(ListKind.TOOLS, null, ScriptedServers.named("1", "2")))
                : ScriptedServers.unknownMethod());
    String ofTools = nextCursor(clients.page(View.EVERYTHING, ListKind.TOOLS, ALICE));
    for (String cursor : List.of("", "2", "!!!", "AAAA", "x".repeat(500), ofTools + "A")) {
      assertThat(Clients.await(clients.asks(View.EVERYTHING, ListKind.TOOLS, ALICE, cursor)))
          .as(cursor)
          .isInstanceOf(Page.InvalidCursor.class);
    }
    assertThat(Clients.await(clients.asks(View.EVERYTHING, ListKind.PROMPTS, ALICE, ofTools)))
        .isInstanceOf(Page.InvalidCursor.class);
  }

  @Test
  void a_server_that_is_not_started_is_not_connected_by_a_merged_list() {
    clients.servers.file(new Entry("lazy").lazy());
    clients.servers.tools("lazy", "t");
    assertThat(clients.page(View.EVERYTHING, ListKind.TOOLS, ALICE)).isEqualTo("{\"tools\":[]}");
    assertThat(clients.servers.asked("lazy")).isEmpty();

    clients.catalog.connected("lazy", "");
    await().untilAsserted(() -> assertThat(clients.heard).containsExactly("lazy TOOLS "));
    assertThat(clients.tools()).containsExactly("lazy__t");
  }

  @Test
  void a_server_that_is_not_started_is_asked_on_its_own_view() {
    clients.servers.file(new Entry("lazy").lazy());
    clients.servers.tools("lazy", "t");
    assertThat(clients.tools(new View.Server("lazy"), ALICE)).containsExactly("t");
    assertThat(clients.tools()).containsExactly("lazy__t");
  }

  @Test
  void a_view_that_does_not_exist_is_not_served_and_empty() {
    clients.servers.file(new Entry("a"));
    assertThat(clients.catalog.serves(new View.Server("b"))).isFalse();
    assertThat(clients.catalog.serves(new View.Toolset("b"))).isFalse();
    assertThat(clients.page(new View.Server("b"), ListKind.TOOLS, ALICE))
        .isEqualTo("{\"tools\":[]}");
  }

  @Test
  void five_hundred_servers_are_one_list() {
    Entry[] entries =
        IntStream.range(0, 500).mapToObj(i -> new Entry("s" + i)).toArray(Entry[]::new);
    clients.servers.file(entries);
    for (Entry entry : entries) {
      clients.servers.tools(entry.name, "t");
    }
    assertThat(clients.tools()).hasSize(500).startsWith("s0__t", "s1__t").endsWith("s499__t");
  }

  private void paged(int items) {
    clients.close();
    clients =
        new Clients(
            new CatalogSettings(
                items, 4 << 20, Clients.QUICK.bounds(), Clients.QUICK.freshness(), 100),
            (server, caller) -> null);
  }

  private List<String> drained() {
    List<String> names = new ArrayList<>();
    String cursor = null;
    do {
      String page = clients.page(View.EVERYTHING, ListKind.TOOLS, ALICE, cursor);
      names.addAll(keys(page, ListKind.TOOLS));
      cursor = nextCursor(page);
    } while (cursor != null);
    return names;
  }
}
