package io.mcprouter.session;

import static io.mcprouter.session.SessionBench.CALL;
import static io.mcprouter.session.SessionBench.by;
import static io.mcprouter.session.SessionBench.child;
import static io.mcprouter.session.SessionBench.failure;
import static io.mcprouter.session.SessionBench.whose;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.McpFailure;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SessionLimitsTest {
  @Test
  void the_users_least_recently_used_idle_session_makes_room() throws Exception {
    try (SessionBench bench = new SessionBench(SessionBench.limits(10, 2, 10, 10))) {
      FakeServer first = bench.server("first");
      FakeServer second = bench.server("second");
      FakeServer third = bench.server("third");
      FakeServer others = bench.server("others");
      whose(bench.call(others, "bob"));
      whose(bench.call(first, "ann"));
      whose(bench.call(second, "ann"));
      whose(bench.call(first, "ann"));

      assertThat(whose(bench.call(third, "ann"))).isEqualTo("ann");

      assertThat(bench.sessions.sessionsByServer()).containsOnlyKeys("first", "third", "others");
      assertThat(bench.told).contains("closed second evicted");
    }
  }

  @Test
  void sessions_in_use_are_never_evicted_and_the_newcomer_is_told_so() throws Exception {
    try (SessionBench bench = new SessionBench(SessionBench.limits(2, 2, 10, 10))) {
      FakeServer busy = bench.server("busy");
      busy.holdsCalls = true;
      CompletableFuture<Frame> ann = bench.call(busy, "ann");
      CompletableFuture<Frame> bob = bench.call(busy, "bob");

      McpFailure refused = failure(bench.call(busy, "cid"));
      assertThat(refused.kind()).isEqualTo(McpFailure.Kind.LIMIT_REACHED);
      assertThat(refused).hasMessageContaining("2 sessions in all");
      assertThat(bench.told).contains("failed busy limit");
      busy.connections.forEach(FakeServer.Connection::answerHeld);
      busy.holdsCalls = false;

      assertThat(whose(ann)).isEqualTo("ann");
      assertThat(whose(bob)).isEqualTo("bob");
      assertThat(whose(bench.call(busy, "cid"))).isEqualTo("cid");
      assertThat(busy.alive).hasValue(2);
    }
  }

  @Test
  void a_limit_on_children_says_how_to_share() {
    try (SessionBench bench = new SessionBench(SessionBench.limits(10, 10, 10, 1))) {
      FakeServer one = bench.server("one");
      FakeServer two = bench.server("two");
      one.holdsCalls = true;
      CompletableFuture<Frame> open = bench.send(one, by("ann"), child("ann"), CALL);

      McpFailure refused = failure(bench.send(two, by("ann"), child("ann"), CALL));

      assertThat(refused.kind()).isEqualTo(McpFailure.Kind.LIMIT_REACHED);
      assertThat(refused)
          .hasMessageContaining("1 child processes of this user")
          .hasMessageContaining("router.shared: true");
      assertThat(two.attempts).hasValue(0);
      assertThat(open).isNotDone();
    }
  }

  @Test
  void a_child_starts_only_when_the_one_whose_place_it_takes_is_gone() throws Exception {
    try (SessionBench bench = new SessionBench(SessionBench.limits(10, 10, 1, 1))) {
      FakeServer server = bench.server("one");
      whose(bench.send(server, by("ann"), child("ann"), CALL));
      server.closing = new CompletableFuture<>();

      CompletableFuture<Frame> answer = bench.send(server, by("bob"), child("bob"), CALL);
      assertThat(server.attempts).hasValue(1);
      assertThat(failure(bench.send(server, by("cid"), child("cid"), CALL)).kind())
          .isEqualTo(McpFailure.Kind.LIMIT_REACHED);
      server.closing.complete(null);

      assertThat(whose(answer)).isEqualTo("bob");
      assertThat(server.mostAlive).hasValue(1);
      assertThat(bench.sessions.childrenByServer()).containsEntry("one", 1);
    }
  }

  @Test
  void the_routers_own_sessions_are_not_limited_by_user() throws Exception {
    try (SessionBench bench = new SessionBench(SessionBench.limits(10, 1, 10, 1))) {
      for (String name : new String[] {"a", "b", "c"}) {
        whose(bench.send(bench.server(name), by(""), child("none"), CALL));
      }
      assertThat(bench.sessions.sessionsByServer()).hasSize(3);
    }
  }
}
