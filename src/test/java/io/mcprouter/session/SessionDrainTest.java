package io.mcprouter.session;

import static io.mcprouter.session.SessionBench.failure;
import static io.mcprouter.session.SessionBench.whose;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionDrainTest {
  private final SessionBench bench = new SessionBench();
  private final FakeServer server = bench.server("crm");

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  void a_call_in_flight_ends_on_the_old_session_while_new_calls_get_a_new_one() throws Exception {
    server.holdsCalls = true;
    CompletableFuture<Frame> old = bench.call(server, "ann");
    CompletableFuture<Void> drained = bench.sessions.drain("crm", Duration.ofMinutes(1));
    server.holdsCalls = false;

    assertThat(whose(bench.call(server, "ann"))).isEqualTo("ann");
    assertThat(server.connections).hasSize(2);
    assertThat(drained).isNotDone();
    server.connections.getFirst().answerHeld();

    assertThat(whose(old)).isEqualTo("ann");
    drained.get(10, TimeUnit.SECONDS);
    assertThat(server.connections).extracting(one -> one.open).containsExactly(false, true);
    assertThat(bench.told).contains("closed crm drained");
  }

  @Test
  void an_idle_session_is_closed_at_once_and_other_servers_keep_theirs() throws Exception {
    FakeServer other = bench.server("other");
    whose(bench.call(server, "ann"));
    whose(bench.call(other, "ann"));

    bench.sessions.drain("crm", Duration.ofMinutes(1)).get(10, TimeUnit.SECONDS);

    assertThat(server.alive).hasValue(0);
    assertThat(other.alive).hasValue(1);
  }

  @Test
  void a_call_that_never_ends_fails_when_the_limit_is_up() throws Exception {
    server.holdsCalls = true;
    CompletableFuture<Frame> answer = bench.call(server, "ann");

    bench.sessions.drain("crm", Duration.ofMillis(50)).get(10, TimeUnit.SECONDS);

    assertThat(failure(answer).kind()).isEqualTo(McpFailure.Kind.CONNECTION_LOST);
    assertThat(server.alive).hasValue(0);
  }

  @Test
  void those_who_waited_for_an_opening_session_are_served_before_it_drains() throws Exception {
    server.opening = new CompletableFuture<>();
    CompletableFuture<Frame> answer = bench.call(server, "ann");
    CompletableFuture<Void> drained = bench.sessions.drain("crm", Duration.ofMinutes(1));
    server.opening.complete(null);

    assertThat(whose(answer)).isEqualTo("ann");
    drained.get(10, TimeUnit.SECONDS);
    assertThat(server.alive).hasValue(0);
  }

  @Test
  void closing_a_server_fails_calls_in_flight() throws Exception {
    server.holdsCalls = true;
    CompletableFuture<Frame> answer = bench.call(server, "ann");

    bench.sessions.close("crm").get(10, TimeUnit.SECONDS);

    assertThat(failure(answer).kind()).isEqualTo(McpFailure.Kind.CONNECTION_LOST);
  }

  @Test
  void a_change_of_the_entry_forgets_remembered_failures() throws Exception {
    server.down = "refused";
    failure(bench.call(server, "ann"));
    server.down = null;
    bench.sessions.drain("crm", Duration.ofMinutes(1)).get(10, TimeUnit.SECONDS);

    assertThat(whose(bench.call(server, "ann"))).isEqualTo("ann");
  }
}
