package io.mcprouter.catalog;

import static io.mcprouter.catalog.Clients.marked;
import static io.mcprouter.catalog.ScriptedServers.named;
import static io.mcprouter.catalog.ScriptedServers.page;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.catalog.CatalogSettings.ListBounds;
import io.mcprouter.protocol.Frame;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How whole lists are asked of one server. */
class ListingFetchTest {
  private final Clients clients =
      new Clients(
          new CatalogSettings(
              1_000,
              4 << 20,
              new ListBounds(5, 20, 10_000, Duration.ofMillis(200)),
              Clients.QUICK.freshness(),
              100),
          (server, caller) -> null);

  @BeforeEach
  void one_server() {
    clients.servers.file(new Entry("s"));
  }

  @AfterEach
  void close() {
    clients.close();
  }

  private void assertNotTaken() {
    String page = clients.page(View.EVERYTHING, ListKind.TOOLS, Clients.ALICE);
    assertThat(Clients.keys(page, ListKind.TOOLS)).isEmpty();
    assertThat(marked(page, Pages.MISSING)).containsExactly("s");
  }

  private void answers(String result) {
    clients.servers.script("s", asked -> ScriptedServers.done(result));
  }

  @Test
  void all_pages_are_asked_for_and_the_empty_string_is_a_cursor() {
    clients.servers.script(
        "s",
        asked ->
            ScriptedServers.done(
                switch (Objects.requireNonNullElse(asked.cursor(), "first")) {
                  case "first" -> page(ListKind.TOOLS, "", named("a"));
                  case "" -> page(ListKind.TOOLS, "x\\ny", named("b"));
                  default -> page(ListKind.TOOLS, null, named("c"));
                }));
    assertThat(clients.tools()).containsExactly("s__a", "s__b", "s__c");
    assertThat(clients.servers.asked("s"))
        .extracting(ScriptedServers.Asked::cursor)
        .containsExactly(null, "", "x\ny");
  }

  @Test
  void a_null_cursor_ends_the_list() {
    answers("{\"tools\":[{\"name\":\"a\"}],\"nextCursor\":null}");
    assertThat(clients.tools()).containsExactly("s__a");
  }

  @Test
  void a_cursor_that_comes_again_is_no_list() {
    answers(page(ListKind.TOOLS, "same", named("a")));
    assertNotTaken();
    assertThat(clients.servers.asked("s").getLast().cursor()).isEqualTo("same");
  }

  @Test
  void too_many_pages_items_or_bytes_are_no_list() {
    clients.servers.script(
        "s", asked -> ScriptedServers.done(page(ListKind.TOOLS, "c" + asked.cursor(), named("a"))));
    assertNotTaken();
    clients.servers.file(new Entry("s").titled("2"));
    String[] many = named("a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u".split(","));
    answers(page(ListKind.TOOLS, null, many));
    assertNotTaken();
    clients.servers.file(new Entry("s").titled("3"));
    answers(page(ListKind.TOOLS, null, "{\"name\":\"" + "x".repeat(10_000) + "\"}"));
    assertNotTaken();
  }

  @Test
  void an_error_a_strange_result_or_a_strange_cursor_is_no_list() {
    clients.servers.script("s", asked -> ScriptedServers.error(-32603));
    assertNotTaken();
    int title = 0;
    for (String result : new String[] {"{}", "{\"tools\":{}}", "{\"tools\":[],\"nextCursor\":1}"}) {
      clients.servers.file(new Entry("s").titled("t" + title++));
      answers(result);
      assertNotTaken();
    }
  }

  @Test
  void a_server_that_never_answers_is_given_up_and_asked_again() {
    clients.servers.script("s", asked -> new CompletableFuture<Frame>());
    assertNotTaken();
    clients.servers.tools("s", "t");
    await().untilAsserted(() -> assertThat(clients.tools()).containsExactly("s__t"));
  }

  @Test
  void a_part_of_a_list_never_takes_the_place_of_a_good_one() {
    answers(page(ListKind.TOOLS, null, named("a", "b")));
    clients.tools();
    clients.servers.script(
        "s",
        asked ->
            asked.cursor() == null
                ? ScriptedServers.done(page(ListKind.TOOLS, "2", named("c")))
                : ScriptedServers.down("s"));
    clients.catalog.serverChanged("s", "", ListKind.TOOLS);
    await()
        .untilAsserted(
            () ->
                assertThat(
                        marked(
                            clients.page(View.EVERYTHING, ListKind.TOOLS, Clients.ALICE),
                            Pages.STALE))
                    .containsExactly("s"));
    assertThat(clients.tools()).containsExactly("s__a", "s__b");
  }

  @Test
  void a_failure_inside_the_router_is_a_failure_of_that_list_alone() {
    clients.servers.file(new Entry("s"), new Entry("t"));
    clients.servers.script(
        "s",
        asked -> {
          throw new IllegalStateException("broken");
        });
    clients.servers.tools("t", "x");
    assertThat(clients.tools()).containsExactly("t__x");
  }
}
