package io.mcprouter.session;

import static io.mcprouter.session.SessionBench.by;
import static io.mcprouter.session.SessionBench.remote;
import static io.mcprouter.session.SessionBench.whose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.McpClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SessionIdleTest {
  private static final String SUBSCRIBE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/subscribe\",\"params\":{\"uri\":\"a:b\"}}";
  private static final String UNSUBSCRIBE = SUBSCRIBE.replace("/subscribe", "/unsubscribe");

  @Test
  void an_idle_session_closes_by_itself_on_a_quiet_system() throws Exception {
    try (SessionBench bench = new SessionBench(SessionBench.idle(Duration.ofMillis(300)))) {
      FakeServer server = bench.server("crm");
      whose(bench.call(server, "ann"));

      await().untilAsserted(() -> assertThat(server.alive).hasValue(0));
      await().untilAsserted(() -> assertThat(bench.told).contains("closed crm idle"));
      assertThat(bench.sessions.views()).isEmpty();
    }
  }

  @Test
  void a_call_in_flight_keeps_its_session_beyond_the_idle_time() throws Exception {
    try (SessionBench bench = new SessionBench(SessionBench.idle(Duration.ofMillis(300)))) {
      FakeServer server = bench.server("crm");
      FakeServer other = bench.server("other");
      server.holdsCalls = true;
      CompletableFuture<Frame> answer = bench.call(server, "ann");
      whose(bench.call(other, "ann"));

      await().untilAsserted(() -> assertThat(other.alive).hasValue(0));
      assertThat(server.newest().open).isTrue();
      server.newest().answerHeld();

      assertThat(whose(answer)).isEqualTo("ann");
      await().untilAsserted(() -> assertThat(server.alive).hasValue(0));
    }
  }

  @Test
  void the_idle_time_counts_from_the_end_of_the_last_call() throws Exception {
    FakeTicker ticker = new FakeTicker();
    try (SessionBench bench = new SessionBench(SessionSettings.DEFAULT, ticker)) {
      FakeServer server = bench.server("crm");
      server.holdsCalls = true;
      CompletableFuture<Frame> answer = bench.call(server, "ann");
      ticker.advance(Duration.ofMinutes(14));
      server.newest().answerHeld();
      whose(answer);

      ticker.advance(Duration.ofMinutes(14));
      bench.sessions.cleanUp();
      assertThat(bench.sessions.views())
          .singleElement()
          .satisfies(view -> assertThat(view.idleFor()).isEqualTo(Duration.ofMinutes(14)));

      ticker.advance(Duration.ofMinutes(2));
      bench.sessions.cleanUp();
      await().untilAsserted(() -> assertThat(server.alive).hasValue(0));
    }
  }

  @Test
  void a_busy_session_that_expired_all_the_same_is_put_back() throws Exception {
    FakeTicker ticker = new FakeTicker();
    try (SessionBench bench = new SessionBench(SessionSettings.DEFAULT, ticker)) {
      FakeServer server = bench.server("crm");
      server.holdsCalls = true;
      CompletableFuture<Frame> answer = bench.call(server, "ann");
      ticker.advance(Duration.ofMinutes(16));
      bench.sessions.cleanUp();
      assertThat(ForkJoinPool.commonPool().awaitQuiescence(10, TimeUnit.SECONDS)).isTrue();
      server.newest().answerHeld();

      assertThat(whose(answer)).isEqualTo("ann");
      server.holdsCalls = false;
      assertThat(whose(bench.call(server, "ann"))).isEqualTo("ann");
      assertThat(server.connections).hasSize(1);
    }
  }

  @Test
  void a_live_subscription_keeps_its_session_until_it_ends() throws Exception {
    try (SessionBench bench = new SessionBench(SessionBench.idle(Duration.ofMillis(300)))) {
      FakeServer server = bench.server("crm");
      FakeServer other = bench.server("other");
      McpClient client = new McpClient("client-1", "{}");
      bench.send(server, by("ann", client), remote("ann"), SUBSCRIBE).get();
      whose(bench.call(other, "ann"));

      await().untilAsserted(() -> assertThat(other.alive).hasValue(0));
      assertThat(bench.sessions.views())
          .singleElement()
          .satisfies(view -> assertThat(view.subscriptions()).isEqualTo(1));
      bench.send(server, by("ann", client), remote("ann"), UNSUBSCRIBE).get();

      assertThat(server.connections).hasSize(1);
      await().untilAsserted(() -> assertThat(server.alive).hasValue(0));
    }
  }
}
