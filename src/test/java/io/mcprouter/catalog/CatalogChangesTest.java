package io.mcprouter.catalog;

import static io.mcprouter.catalog.Clients.ALICE;
import static io.mcprouter.catalog.Clients.marked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.protocol.Frame;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatalogChangesTest {
  private static final View CHAT = new View.Toolset("chat");

  private Clients clients = new Clients();

  @AfterEach
  void close() {
    clients.close();
  }

  @Test
  void a_changed_list_is_told_once_and_shown() {
    clients.servers.file(new Entry("s"));
    clients.servers.tools("s", "old");
    clients.tools();
    clients.servers.tools("s", "new");
    for (int i = 0; i < 20; i++) {
      clients.catalog.serverChanged("s", "", ListKind.TOOLS);
    }
    await().untilAsserted(() -> assertThat(clients.heard).isNotEmpty());
    assertThat(clients.tools()).containsExactly("s__new");
    assertThat(clients.tool("s__old")).isNull();
    assertThat(clients.heard).containsExactly("s TOOLS ");
  }

  @Test
  void resources_and_templates_that_change_together_are_told_once() {
    clients.close();
    clients = new Clients(gathering(Duration.ofMillis(100)), (server, caller) -> null);
    clients.servers.file(new Entry("s"));
    resources("old");
    clients.page(View.EVERYTHING, ListKind.RESOURCES, ALICE);
    clients.page(View.EVERYTHING, ListKind.RESOURCE_TEMPLATES, ALICE);
    resources("new");
    ListKind.ofNotification(ListKind.RESOURCES.changedNotification())
        .forEach(kind -> clients.catalog.serverChanged("s", "", kind));
    await().untilAsserted(() -> assertThat(clients.heard).isNotEmpty());
    clients.catalog.serverChanged("s", "", ListKind.PROMPTS);
    await().untilAsserted(() -> assertThat(clients.heard).contains("s PROMPTS "));
    assertThat(clients.heard).filteredOn(heard -> heard.startsWith("s RESOURCE")).singleElement();
    assertThat(clients.resource("x:new")).isEqualTo("s");
    assertThat(clients.resource("x:new/{id}")).isEqualTo("s");
  }

  private static CatalogSettings gathering(Duration time) {
    CatalogSettings.Freshness quick = Clients.QUICK.freshness();
    return new CatalogSettings(
        Clients.QUICK.pageItems(),
        Clients.QUICK.pageBytes(),
        Clients.QUICK.bounds(),
        new CatalogSettings.Freshness(
            quick.ttl(), quick.interest(), quick.firstRetry(), quick.lastRetry(), time),
        Clients.QUICK.maxUsers());
  }

  /** A server with one resource and one template of that name. */
  private void resources(String name) {
    String resource = "{\"uri\":\"x:" + name + "\",\"name\":\"r\"}";
    String template = "{\"uriTemplate\":\"x:" + name + "/{id}\",\"name\":\"t\"}";
    clients.servers.script(
        "s",
        asked ->
            ListKind.ofMethod(asked.method()) == ListKind.RESOURCES
                ? ScriptedServers.done(ScriptedServers.page(ListKind.RESOURCES, null, resource))
                : ListKind.ofMethod(asked.method()) == ListKind.RESOURCE_TEMPLATES
                    ? ScriptedServers.done(
                        ScriptedServers.page(ListKind.RESOURCE_TEMPLATES, null, template))
                    : ScriptedServers.unknownMethod());
  }

  @Test
  void a_list_that_turns_out_the_same_is_told_to_nobody() {
    clients.servers.file(new Entry("s"), new Entry("t"));
    clients.servers.tools("s", "a");
    clients.servers.tools("t", "a");
    clients.tools();
    clients.catalog.serverChanged("s", "", ListKind.TOOLS);
    await().untilAsserted(() -> assertThat(clients.servers.asked("s")).hasSize(2));
    clients.servers.tools("t", "b");
    clients.catalog.serverChanged("t", "", ListKind.TOOLS);
    await().untilAsserted(() -> assertThat(clients.heard).isNotEmpty());
    assertThat(clients.heard).containsExactly("t TOOLS ");
  }

  @Test
  void a_notice_during_a_fetch_leads_to_another_one() {
    clients.servers.file(new Entry("s"));
    CompletableFuture<Frame> first = new CompletableFuture<>();
    clients.servers.script("s", asked -> first);
    CompletableFuture<Page> page = clients.asks(View.EVERYTHING, ListKind.TOOLS, ALICE, null);
    clients.servers.tools("s", "new");
    clients.catalog.serverChanged("s", "", ListKind.TOOLS);
    clients.catalog.serverChanged("s", "", ListKind.PROMPTS);
    await().untilAsserted(() -> assertThat(clients.heard).contains("s PROMPTS "));
    first.complete(
        ScriptedServers.reply(
            ScriptedServers.page(ListKind.TOOLS, null, ScriptedServers.named("old"))));
    Clients.await(page);
    await().untilAsserted(() -> assertThat(clients.tools()).containsExactly("s__new"));
  }

  @Test
  void a_change_of_a_list_that_nobody_asked_the_catalog_for_is_passed_on() {
    clients.servers.file(new Entry("s"));
    clients.servers.tools("s", "t");
    clients.catalog.serverChanged("s", "alice", ListKind.TOOLS);
    await().untilAsserted(() -> assertThat(clients.heard).containsExactly("s TOOLS "));
    assertThat(clients.servers.asked("s")).isEmpty();
  }

  @Test
  void an_edited_entry_is_listed_anew_and_an_unchanged_one_is_not() {
    clients.servers.file(new Entry("a"), new Entry("b"));
    clients.servers.tools("a", "1");
    clients.servers.tools("b", "1");
    clients.tools();
    clients.servers.tools("a", "2");
    clients.servers.tools("b", "2");
    clients.servers.file(new Entry("a").titled("A"), new Entry("b"));
    clients.catalog.changed(Set.of(), Set.of("a"), Set.of());
    assertThat(clients.viewsHeard)
        .containsExactlyElementsOf(allLists(View.EVERYTHING, CHAT, new View.Server("a")));
    assertThat(clients.tools()).containsExactly("a__2", "b__1");
  }

  private static List<String> allLists(View... views) {
    return Stream.of(ListKind.TOOLS, ListKind.PROMPTS, ListKind.RESOURCES)
        .flatMap(kind -> Stream.of(views).map(view -> kind + " " + view))
        .toList();
  }

  @Test
  void views_whose_lists_an_edit_leaves_alone_hear_nothing() {
    clients.servers.toolset("s", List.of("b"));
    clients.servers.file(new Entry("a"), new Entry("b"));
    clients.catalog.changed(Set.of("a", "b"), Set.of(), Set.of());
    clients.viewsHeard.clear();

    clients.servers.file(new Entry("a"), new Entry("b"), new Entry("c").outsideChat());
    clients.catalog.changed(Set.of("c"), Set.of(), Set.of());

    assertThat(clients.viewsHeard).containsExactlyElementsOf(allLists(View.EVERYTHING));
  }

  @Test
  void a_server_that_leaves_a_view_is_told_of_there() {
    clients.servers.toolset("s", List.of("a", "b"));
    clients.servers.file(new Entry("a"), new Entry("b"));
    clients.catalog.changed(Set.of("a", "b"), Set.of(), Set.of());
    clients.viewsHeard.clear();

    clients.servers.file(new Entry("a"), new Entry("b").outsideChat());
    clients.catalog.changed(Set.of(), Set.of("b"), Set.of());
    assertThat(clients.viewsHeard)
        .containsExactlyElementsOf(allLists(View.EVERYTHING, CHAT, new View.Toolset("s")));
    clients.viewsHeard.clear();

    clients.servers.file(new Entry("b").outsideChat());
    clients.catalog.changed(Set.of(), Set.of(), Set.of("a"));
    assertThat(clients.viewsHeard)
        .as("the view of the server that is gone, too")
        .containsExactlyElementsOf(
            allLists(View.EVERYTHING, CHAT, new View.Toolset("s"), new View.Server("a")));
  }

  @Test
  void a_toolset_that_is_cut_differently_in_the_same_edit_as_a_server_is_told_of() {
    clients.servers.toolset("s", List.of("a"));
    clients.servers.file(new Entry("a"), new Entry("b"));
    clients.catalog.changed(Set.of("a", "b"), Set.of(), Set.of());
    clients.viewsHeard.clear();

    clients.servers.toolset("s", List.of("a"), "get*");
    clients.servers.file(new Entry("a"), new Entry("b").titled("B"));
    clients.catalog.changed(Set.of(), Set.of("b"), Set.of());

    assertThat(clients.viewsHeard)
        .contains("TOOLS " + new View.Toolset("s"))
        .doesNotContain("PROMPTS " + new View.Toolset("s"))
        .containsAll(allLists(View.EVERYTHING, CHAT));
  }

  @Test
  void added_and_removed_servers_come_and_go_before_anybody_says_so() {
    clients.servers.file(new Entry("a"));
    clients.servers.tools("a", "1");
    clients.servers.tools("b", "1");
    assertThat(clients.tools()).containsExactly("a__1");
    clients.servers.file(new Entry("b"));
    assertThat(clients.tools()).containsExactly("b__1");
    assertThat(clients.tool("a__1")).isNull();
    assertThat(clients.catalog.serves(new View.Server("a"))).isFalse();
  }

  @Test
  void an_answer_of_a_server_that_is_gone_is_dropped() {
    clients.servers.file(new Entry("a").listWait(Duration.ofMillis(5)));
    CompletableFuture<Frame> late = new CompletableFuture<>();
    clients.servers.script("a", asked -> late);
    clients.tools();
    clients.servers.file(new Entry("b"));
    clients.servers.tools("b", "1");
    clients.tools();
    late.complete(
        ScriptedServers.reply(
            ScriptedServers.page(ListKind.TOOLS, null, ScriptedServers.named("x"))));
    clients.catalog.serverChanged("b", "", ListKind.PROMPTS);
    await().untilAsserted(() -> assertThat(clients.heard).containsExactly("b PROMPTS "));
    assertThat(clients.tools()).containsExactly("b__1");
  }

  @Test
  void an_old_list_is_served_while_a_new_one_is_asked_for() {
    clients.close();
    clients =
        new Clients(
            new CatalogSettings(
                1_000,
                4 << 20,
                Clients.QUICK.bounds(),
                new CatalogSettings.Freshness(
                    Duration.ZERO,
                    Duration.ofMinutes(5),
                    Duration.ofMillis(5),
                    Duration.ofMillis(20),
                    Duration.ofMillis(5)),
                100),
            (server, caller) -> null);
    clients.servers.file(new Entry("s"));
    clients.servers.tools("s", "old");
    clients.tools();
    CompletableFuture<Frame> answer = new CompletableFuture<>();
    clients.servers.script("s", asked -> answer);
    String page = clients.page(View.EVERYTHING, ListKind.TOOLS, ALICE);
    assertThat(Clients.keys(page, ListKind.TOOLS)).containsExactly("s__old");
    assertThat(marked(page, Pages.STALE)).isEmpty();
    answer.complete(
        ScriptedServers.reply(
            ScriptedServers.page(ListKind.TOOLS, null, ScriptedServers.named("new"))));
    await().untilAsserted(() -> assertThat(clients.heard).containsExactly("s TOOLS "));
  }

  @Test
  void a_listener_that_fails_does_not_keep_the_next_from_hearing() {
    clients.catalog.onViewsChanged(
        (kind, differs) -> {
          throw new IllegalStateException("no");
        });
    clients.catalog.onViewsChanged((kind, differs) -> clients.heard.add("second"));
    clients.servers.file(new Entry("s"));
    clients.catalog.changed(Set.of("s"), Set.of(), Set.of());
    assertThat(clients.heard).contains("second");
  }
}
