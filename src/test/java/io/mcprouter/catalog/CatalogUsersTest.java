package io.mcprouter.catalog;

import static io.mcprouter.catalog.Clients.ALICE;
import static io.mcprouter.catalog.Clients.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.PresentedToken;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatalogUsersTest {
  private final Clients clients = new Clients();

  @AfterEach
  void close() {
    clients.close();
  }

  /** A server whose one tool carries the user's id and role. */
  private void identityServer(String server) {
    clients.servers.script(
        server,
        asked ->
            asked.method().equals(ListKind.TOOLS.method())
                ? ScriptedServers.done(
                    ScriptedServers.page(
                        ListKind.TOOLS,
                        null,
                        ScriptedServers.named(
                            "of_" + asked.caller().id() + "_" + asked.caller().field("role"))))
                : ScriptedServers.unknownMethod());
  }

  @Test
  void a_server_that_is_the_same_for_all_is_asked_once_by_the_application() {
    clients.servers.file(new Entry("s"));
    clients.servers.tools("s", "t");
    clients.tools(View.EVERYTHING, ALICE);
    clients.tools(View.EVERYTHING, BOB);
    assertThat(clients.servers.asked("s"))
        .extracting(ScriptedServers.Asked::caller)
        .containsExactly(Caller.APPLICATION);
  }

  @Test
  void users_see_and_call_what_a_personal_server_lists_for_them_alone() {
    clients.servers.file(new Entry("mine").personal(), new Entry("ours"));
    identityServer("mine");
    clients.servers.tools("ours", "t");
    assertThat(clients.tools(View.EVERYTHING, ALICE))
        .containsExactly("mine__of_alice_USER", "ours__t");
    assertThat(clients.tools(View.EVERYTHING, BOB)).containsExactly("mine__of_bob_USER", "ours__t");
    assertThat(clients.tool(View.EVERYTHING, BOB, "mine__of_alice_USER")).isNull();
    assertThat(clients.tool(View.EVERYTHING, ALICE, "mine__of_alice_USER")).isNotNull();
    assertThat(clients.servers.askers("mine")).containsExactlyInAnyOrder("alice", "bob");
  }

  @Test
  void a_user_with_another_role_does_not_see_what_was_listed_under_the_first() {
    clients.servers.file(new Entry("mine").personal());
    identityServer("mine");
    Caller admin = new Caller("alice", Map.of("role", "ADMIN"));
    assertThat(clients.tools(View.EVERYTHING, admin)).containsExactly("mine__of_alice_ADMIN");
    assertThat(clients.tools(View.EVERYTHING, ALICE)).containsExactly("mine__of_alice_USER");
  }

  @Test
  void many_users_at_once_never_see_one_another() throws Exception {
    clients.servers.file(new Entry("mine").personal(), new Entry("ours"));
    identityServer("mine");
    clients.servers.tools("ours", "t");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          threads.invokeAll(
              IntStream.range(0, 2_000)
                  .mapToObj(
                      i -> {
                        Caller user = new Caller("u" + i % 50, Map.of());
                        return (Callable<Boolean>)
                            () ->
                                clients
                                    .tools(View.EVERYTHING, user)
                                    .equals(List.of("mine__of_" + user.id() + "_", "ours__t"));
                      })
                  .toList());
      for (var answer : answers) {
        assertThat(answer.get()).isTrue();
      }
    }
  }

  @Test
  void equal_lists_of_different_users_are_kept_once() {
    clients.servers.file(new Entry("mine").personal());
    clients.servers.tools("mine", "t");
    clients.tools(View.EVERYTHING, ALICE);
    clients.tools(View.EVERYTHING, BOB);
    Shelves shelves = clients.catalog.shelves();
    var server = clients.catalog.servers(View.EVERYTHING, ALICE).getFirst();
    assertThat(shelves.listing(server, ListKind.TOOLS, ALICE).state().listing())
        .isNotNull()
        .isSameAs(shelves.listing(server, ListKind.TOOLS, BOB).state().listing());
  }

  @Test
  void a_change_in_one_user_s_session_is_told_for_that_user_alone() {
    clients.servers.file(new Entry("mine").personal());
    clients.servers.tools("mine", "old");
    clients.tools(View.EVERYTHING, ALICE);
    clients.tools(View.EVERYTHING, BOB);
    clients.servers.tools("mine", "new");
    clients.catalog.serverChanged("mine", "alice", ListKind.TOOLS);
    await().untilAsserted(() -> assertThat(clients.heard).containsExactly("mine TOOLS alice"));
    assertThat(clients.tools(View.EVERYTHING, ALICE)).containsExactly("mine__new");
    assertThat(clients.tools(View.EVERYTHING, BOB)).containsExactly("mine__old");
  }

  @Test
  void a_change_in_a_shared_session_of_a_personal_server_concerns_all_its_users() {
    clients.servers.file(new Entry("mine").personal().shared());
    clients.servers.tools("mine", "old");
    clients.tools(View.EVERYTHING, ALICE);
    clients.tools(View.EVERYTHING, BOB);
    clients.servers.tools("mine", "new");
    clients.catalog.serverChanged("mine", "", ListKind.TOOLS);
    await()
        .untilAsserted(
            () ->
                assertThat(clients.heard)
                    .containsExactlyInAnyOrder("mine TOOLS alice", "mine TOOLS bob"));
  }

  @Test
  void the_router_s_own_session_says_nothing_about_what_users_see() {
    clients.servers.file(new Entry("mine").personal().lazy());
    clients.servers.tools("mine", "t");
    clients.tools(View.EVERYTHING, ALICE);
    clients.catalog.connected("mine", "");
    assertThat(clients.servers.asked("mine")).isEmpty();
    clients.catalog.connected("mine", "alice");
    assertThat(clients.servers.askers("mine")).containsExactly("alice");
    await().untilAsserted(() -> assertThat(clients.heard).containsExactly("mine TOOLS alice"));
  }

  @Test
  void a_forgotten_user_is_listed_for_anew() {
    clients.servers.file(new Entry("mine").personal());
    clients.servers.tools("mine", "old");
    clients.tools(View.EVERYTHING, ALICE);
    clients.tools(View.EVERYTHING, BOB);
    clients.servers.tools("mine", "new");
    clients.catalog.forget("alice");
    assertThat(clients.tools(View.EVERYTHING, ALICE)).containsExactly("mine__new");
    assertThat(clients.tools(View.EVERYTHING, BOB)).containsExactly("mine__old");
  }

  @Test
  void users_longest_unseen_go_when_there_are_too_many() {
    clients.servers.file(new Entry("mine").personal());
    clients.servers.tools("mine", "t");
    for (int i = 0; i < 300; i++) {
      clients.tools(View.EVERYTHING, new Caller("u" + i, Map.of()));
    }
    assertThat(clients.catalog.shelves().users()).isLessThanOrEqualTo(100);
  }

  private static Caller alice(String token, Instant ends) {
    PresentedToken presented = new PresentedToken(token, ends, false);
    return new Caller("", "alice", Map.of(), Set.of(), Set.of(), Caller.Source.JWT, presented);
  }

  @Test
  void lists_are_renewed_with_the_newest_token_of_their_user() {
    clients.servers.file(new Entry("mine").personal());
    identityServer("mine");
    Instant now = Instant.now();
    clients.tools(View.EVERYTHING, alice("first", now.plusSeconds(60)));
    clients.tools(View.EVERYTHING, alice("second", now.plusSeconds(120)));
    clients.tools(View.EVERYTHING, alice("first", now.plusSeconds(60)));
    clients.catalog.serverChanged("mine", "alice", ListKind.TOOLS);

    await().untilAsserted(() -> assertThat(clients.servers.asked("mine")).hasSize(2));
    assertThat(clients.servers.asked("mine"))
        .extracting(asked -> asked.caller().token().value())
        .containsExactly("first", "second");
  }
}
