package io.mcprouter.catalog;

import static io.mcprouter.catalog.Clients.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.protocol.Frame;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatalogLookupTest {
  private final Clients clients = new Clients();

  @AfterEach
  void close() {
    clients.close();
  }

  @Test
  void a_listed_tool_is_found_at_once() {
    clients.servers.file(new Entry("s"));
    clients.servers.tools("s", "t");
    clients.tools();
    assertThat(clients.looksUp(View.EVERYTHING, ALICE, "s__t"))
        .isCompletedWithValue(new Target("s", "t"));
    assertThat(clients.looksUp(View.EVERYTHING, ALICE, "s__u")).isCompletedWithValue(null);
    assertThat(clients.looksUp(View.EVERYTHING, ALICE, "t")).isCompletedWithValue(null);
  }

  @Test
  void a_plain_name_leads_to_its_server_before_anything_was_listed() {
    clients.servers.file(new Entry("s").lazy(), new Entry("s_x"));
    assertThat(clients.tool("s__t")).isEqualTo(new Target("s", "t"));
    assertThat(clients.tool("s_x__t")).isEqualTo(new Target("s_x", "t"));
    assertThat(clients.tool("other__t")).isNull();
    assertThat(clients.servers.asked("s")).isEmpty();
  }

  @Test
  void a_hashed_name_is_looked_for_in_the_lists_that_may_hold_it() {
    clients.servers.file(new Entry("my server"), new Entry("other"));
    clients.servers.tools("my server", "say.hello");
    String name = PublicName.of("my server", "say.hello");
    assertThat(clients.tool(name)).isEqualTo(new Target("my server", "say.hello"));
    assertThat(clients.servers.asked("other")).isEmpty();
  }

  @Test
  void a_hashed_name_of_a_slow_server_is_waited_for_no_longer_than_a_list() {
    clients.servers.file(new Entry("my server").listWait(Duration.ofMillis(10)));
    clients.servers.script("my server", asked -> new CompletableFuture<Frame>());
    assertThat(clients.tool(PublicName.of("my server", "a.b"))).isNull();
  }

  @Test
  void a_tool_of_a_server_that_is_down_still_leads_there_for_the_true_reason() {
    clients.servers.file(new Entry("s"));
    clients.servers.script("s", asked -> ScriptedServers.down("s"));
    clients.tools();
    assertThat(clients.tool("s__t")).isEqualTo(new Target("s", "t"));
  }

  @Test
  void the_view_of_one_server_leaves_the_judgement_of_names_to_the_server() {
    clients.servers.file(new Entry("s"), new Entry("t"));
    View one = new View.Server("s");
    assertThat(clients.looksUp(one, ALICE, "any/name"))
        .isCompletedWithValue(new Target("s", "any/name"));
    assertThat(clients.servers.asked("s")).isEmpty();
    assertThat(clients.tool(new View.Server("gone"), ALICE, "x")).isNull();
  }

  @Test
  void prompts_are_found_like_tools() {
    clients.servers.file(new Entry("s"));
    clients.servers.script(
        "s", ScriptedServers.listing(ListKind.PROMPTS, "{\"name\":\"greet me\"}"));
    CompletableFuture<@Nullable Target> target = new CompletableFuture<>();
    clients.catalog.prompt(
        View.EVERYTHING, ALICE, PublicName.of("s", "greet me"), target::complete);
    assertThat(Clients.await(target)).isEqualTo(new Target("s", "greet me"));
  }

  @Test
  void an_exact_uri_wins_over_a_template_and_the_file_s_order_decides_the_rest() {
    clients.servers.file(new Entry("a"), new Entry("b"), new Entry("c"));
    clients.servers.script(
        "a",
        ScriptedServers.listing(
            ListKind.RESOURCE_TEMPLATES, "{\"uriTemplate\":\"note://{id}\",\"name\":\"notes\"}"));
    clients.servers.script(
        "b", ScriptedServers.listing(ListKind.RESOURCES, "{\"uri\":\"note://7\"}"));
    clients.servers.script(
        "c",
        ScriptedServers.listing(
            ListKind.RESOURCE_TEMPLATES, "{\"uriTemplate\":\"note://{+rest}\"}"));
    assertThat(clients.resource("note://7")).isEqualTo("b");
    assertThat(clients.resource("note://8")).isEqualTo("a");
    assertThat(clients.resource("note://8/raw")).isEqualTo("c");
    assertThat(clients.resource("note://{+rest}")).isEqualTo("c");
    assertThat(clients.resource("file:///x")).isNull();
  }

  @Test
  void the_only_server_of_a_view_serves_every_uri() {
    clients.servers.file(new Entry("a"));
    assertThat(clients.resource("unlisted://x")).isEqualTo("a");
  }

  @Test
  void conflicting_uris_are_shown_once_and_reported() {
    clients.servers.file(new Entry("a"), new Entry("b"), new Entry("c"));
    for (String server : List.of("a", "b", "c")) {
      clients.servers.script(
          server,
          ScriptedServers.listing(
              ListKind.RESOURCES, "{\"uri\":\"x://1\",\"from\":\"" + server + "\"}"));
    }
    assertThat(clients.page(View.EVERYTHING, ListKind.RESOURCES, ALICE))
        .isEqualTo("{\"resources\":[{\"uri\":\"x://1\",\"from\":\"a\"}]}");
    assertThat(clients.resource("x://1")).isEqualTo("a");
    assertThat(clients.catalog.conflicts(View.EVERYTHING, ALICE))
        .containsExactly(new Conflict(ListKind.RESOURCES, "x://1", "a", List.of("b", "c")));
  }

  @Test
  void the_next_server_takes_over_a_uri_that_the_first_gives_up() {
    clients.servers.file(new Entry("a"), new Entry("b"));
    for (String server : List.of("a", "b")) {
      clients.servers.script(
          server, ScriptedServers.listing(ListKind.RESOURCES, "{\"uri\":\"x://1\"}"));
    }
    assertThat(clients.resource("x://1")).isEqualTo("a");
    clients.servers.script("a", ScriptedServers.listing(ListKind.RESOURCES));
    clients.catalog.serverChanged("a", "", ListKind.RESOURCES);
    await().untilAsserted(() -> assertThat(clients.resource("x://1")).isEqualTo("b"));
  }
}
