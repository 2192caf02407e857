package io.mcprouter.session;

import static io.mcprouter.session.SessionBench.CALL;
import static io.mcprouter.session.SessionBench.CAPABILITIES;
import static io.mcprouter.session.SessionBench.by;
import static io.mcprouter.session.SessionBench.remote;
import static io.mcprouter.session.SessionBench.whose;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.McpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionSharingTest {
  private static final McpClient FIRST = new McpClient("client-1", CAPABILITIES);
  private static final McpClient SECOND = new McpClient("client-2", CAPABILITIES);

  @Test
  void users_have_sessions_of_their_own_even_with_equal_values() throws Exception {
    try (SessionBench bench = new SessionBench()) {
      FakeServer server = bench.server("crm");
      whose(bench.send(server, by("ann"), remote("common"), CALL));
      whose(bench.send(server, by("bob"), remote("common"), CALL));
      whose(bench.send(server, by(""), remote("common"), CALL));

      assertThat(server.connections).hasSize(3);
      assertThat(bench.sessions.views())
          .extracting(SessionView::user)
          .containsExactlyInAnyOrder("ann", "bob", "");
    }
  }

  @Test
  void a_shared_server_has_one_session_for_all_and_the_router_itself() throws Exception {
    try (SessionBench bench = new SessionBench()) {
      FakeServer server = bench.server("crm", true, Duration.ofSeconds(10));
      whose(bench.send(server, by("ann", FIRST), remote("common"), CALL));
      whose(bench.send(server, by("bob", SECOND), remote("common"), CALL));
      whose(bench.send(server, by(""), remote("common"), CALL));

      assertThat(server.connections).hasSize(1);
      assertThat(server.newest().options.capabilities()).isEqualTo("{}");
    }
  }

  @Test
  void a_shared_session_has_no_users_right() throws Exception {
    try (SessionBench bench = new SessionBench()) {
      FakeServer shared = bench.server("crm", true, Duration.ofSeconds(10));
      whose(bench.send(shared, by("ann"), remote("common"), CALL));
      assertThat(bench.entitled).containsExactly("");

      FakeServer own = bench.server("mail");
      whose(bench.send(own, by("ann"), remote("common"), CALL));
      assertThat(bench.entitled).containsExactly("", "ann");
    }
  }

  @Test
  void other_values_of_the_same_user_open_another_session() throws Exception {
    try (SessionBench bench = new SessionBench()) {
      FakeServer server = bench.server("crm");
      assertThat(whose(bench.send(server, by("ann"), remote("old"), CALL))).isEqualTo("old");
      assertThat(whose(bench.send(server, by("ann"), remote("new"), CALL))).isEqualTo("new");
      assertThat(server.connections).hasSize(2);
    }
  }

  @Test
  void librechats_rule_shares_what_needs_nothing_of_a_user() throws Exception {
    SessionSettings settings = SessionBench.sharing(SessionSettings.Sharing.LIBRECHAT);
    try (SessionBench bench = new SessionBench(settings)) {
      FakeServer server = bench.server("crm");
      whose(bench.send(server, by("ann"), remote("common"), CALL));
      whose(bench.send(server, by("bob"), remote("common"), CALL));
      assertThat(server.connections).hasSize(1);

      assertThat(whose(bench.call(server, "ann"))).isEqualTo("ann");
      assertThat(whose(bench.call(server, "bob"))).isEqualTo("bob");
      assertThat(server.connections).hasSize(3);
    }
  }

  @Test
  void clients_that_can_be_asked_have_sessions_of_their_own() throws Exception {
    try (SessionBench bench = new SessionBench()) {
      FakeServer server = bench.server("crm");
      whose(bench.send(server, by("ann", FIRST), remote("ann"), CALL));
      whose(bench.send(server, by("ann", SECOND), remote("ann"), CALL));
      whose(bench.send(server, by("ann", new McpClient("client-3", "{}")), remote("ann"), CALL));
      whose(bench.send(server, by("ann"), remote("ann"), CALL));

      assertThat(server.connections)
          .extracting(connection -> connection.options.capabilities())
          .containsExactly(CAPABILITIES, CAPABILITIES, "{}");
    }
  }

  @Test
  void what_a_server_says_outside_of_calls_carries_whose_session_it_is() throws Exception {
    try (SessionBench bench = new SessionBench()) {
      FakeServer server = bench.server("crm");
      whose(bench.send(server, by("ann", FIRST), remote("ann"), CALL));
      Frame changed =
          Frame.of("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
      Frame question = Frame.of("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"elicitation/create\"}");
      List<String> answers = new ArrayList<>();
      server.newest().listener.notified(changed);
      server.newest().listener.asked(question, new Recorded(answers));

      assertThat(bench.heard)
          .containsExactly(
              "crm/ann/client-1 notifications/tools/list_changed", "crm/ann/client-1 asked");
      assertThat(answers).containsExactly("declined: nobody is there");
    }
  }

  @Test
  void the_sessions_of_a_client_that_is_gone_are_closed_and_no_others() throws Exception {
    try (SessionBench bench = new SessionBench()) {
      FakeServer server = bench.server("crm");
      whose(bench.send(server, by("ann", FIRST), remote("ann"), CALL));
      whose(bench.send(server, by("ann", SECOND), remote("ann"), CALL));

      bench.sessions.clientGone("client-1");

      assertThat(server.connections).extracting(one -> one.open).containsExactly(false, true);
      assertThat(bench.told).contains("closed crm client_gone");
    }
  }

  @Test
  void closing_a_users_sessions_leaves_those_of_others() throws Exception {
    try (SessionBench bench = new SessionBench()) {
      FakeServer server = bench.server("crm");
      whose(bench.call(server, "ann"));
      whose(bench.call(server, "bob"));

      bench.sessions.close("crm", "ann").join();

      assertThat(bench.sessions.views()).extracting(SessionView::user).containsExactly("bob");
    }
  }

  private record Recorded(List<String> answers) implements CallStream.Answer {
    @Override
    public void reply(Frame reply) {
      answers.add("replied");
    }

    @Override
    public void decline(String reason) {
      answers.add("declined: " + reason);
    }

    @Override
    public void onWithdrawn(Runnable action) {
      answers.add("watched");
    }
  }
}
