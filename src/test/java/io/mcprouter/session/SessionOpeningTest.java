package io.mcprouter.session;

import static io.mcprouter.session.SessionBench.failure;
import static io.mcprouter.session.SessionBench.whose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionOpeningTest {
  private final FakeTicker ticker = new FakeTicker();
  private final SessionBench bench = new SessionBench(SessionSettings.DEFAULT, ticker);
  private final FakeServer server = bench.server("crm");

  @AfterEach
  void stop() {
    bench.close();
  }

  private List<CompletableFuture<Frame>> race(int threads) throws Exception {
    CyclicBarrier start = new CyclicBarrier(threads);
    List<CompletableFuture<Frame>> answers = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      Callable<CompletableFuture<Frame>> caller =
          () -> {
            start.await();
            return bench.call(server, "ann");
          };
      List<Future<CompletableFuture<Frame>>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(pool.submit(caller));
      }
      for (Future<CompletableFuture<Frame>> one : running) {
        answers.add(one.get());
      }
    }
    return answers;
  }

  @Test
  void sixty_four_racing_callers_open_one_session() throws Exception {
    server.opening = new CompletableFuture<>();

    List<CompletableFuture<Frame>> answers = race(64);
    assertThat(server.attempts).hasValue(1);
    server.opening.complete(null);

    for (CompletableFuture<Frame> answer : answers) {
      assertThat(whose(answer)).isEqualTo("ann");
    }
    assertThat(server.connections).hasSize(1);
    assertThat(bench.told).containsExactly("opened crm over http");
    assertThat(bench.sessions.sessionsByServer()).containsEntry("crm", 1);
  }

  @Test
  void a_failure_is_told_to_all_who_waited_and_remembered_for_this_user_alone() throws Exception {
    server.opening = new CompletableFuture<>();
    server.down = "connection refused";
    List<CompletableFuture<Frame>> answers = race(64);
    server.opening.complete(null);

    assertThat(answers)
        .allSatisfy(
            answer -> assertThat(failure(answer)).hasMessageContaining("connection refused"));
    assertThat(server.attempts).hasValue(1);
    server.down = null;

    McpFailure remembered = failure(bench.call(server, "ann"));
    assertThat(remembered.kind()).isEqualTo(McpFailure.Kind.UNAVAILABLE);
    assertThat(remembered)
        .hasMessageContaining("Server 'crm'")
        .hasMessageContaining("connection refused")
        .hasMessageContaining("next attempt is possible in");
    assertThat(server.attempts).hasValue(1);
    assertThat(whose(bench.call(server, "bob"))).isEqualTo("bob");

    ticker.advance(Duration.ofMillis(700));
    assertThat(whose(bench.call(server, "ann"))).isEqualTo("ann");
  }

  @Test
  void a_server_that_stays_down_is_asked_ever_more_rarely_up_to_half_a_minute() {
    server.down = "connection refused";
    int attempts = 0;
    for (int failures = 1; failures <= 9; failures++) {
      failure(bench.call(server, "ann"));
      attempts++;
      assertThat(server.attempts).hasValue(attempts);
      long pause = Math.min(500L << (failures - 1), 30_000);
      ticker.advance(Duration.ofMillis(pause * 7 / 10));
      failure(bench.call(server, "ann"));
      assertThat(server.attempts).hasValue(attempts);
      ticker.advance(Duration.ofMillis(pause * 6 / 10));
    }
  }

  @Test
  void reopening_forgets_the_failure() throws Exception {
    server.down = "connection refused";
    failure(bench.call(server, "ann"));
    server.down = null;

    bench.sessions.reopen("crm");

    assertThat(whose(bench.call(server, "ann"))).isEqualTo("ann");
  }

  @Test
  void opening_that_takes_too_long_fails_in_time_and_its_late_connection_is_closed() {
    FakeServer slow = bench.server("slow", false, Duration.ofMillis(50));
    slow.opening = new CompletableFuture<>();

    assertThat(failure(bench.call(slow, "ann")))
        .hasMessageContaining("not initialized within 50 ms (initTimeout)");
    await().untilAsserted(() -> assertThat(bench.told).containsExactly("failed slow unavailable"));

    slow.opening.complete(null);
    await().untilAsserted(() -> assertThat(slow.alive).hasValue(0));
    assertThat(slow.connections).hasSize(1);
  }

  @Test
  void a_connection_that_closed_by_itself_is_never_given_out_again() throws Exception {
    assertThat(whose(bench.call(server, "ann"))).isEqualTo("ann");
    server.newest().die();

    assertThat(whose(bench.call(server, "ann"))).isEqualTo("ann");
    assertThat(server.connections).hasSize(2);
    assertThat(bench.told)
        .containsExactly("opened crm over http", "closed crm lost", "opened crm over http");
  }

  @Test
  void a_connection_that_is_closed_without_a_word_is_never_given_out_again() throws Exception {
    assertThat(whose(bench.call(server, "ann"))).isEqualTo("ann");
    server.newest().open = false;

    assertThat(whose(bench.call(server, "ann"))).isEqualTo("ann");
    assertThat(server.connections).hasSize(2);
  }

  @Test
  void a_child_that_keeps_dying_is_started_again_with_pauses() throws Exception {
    whose(bench.call(server, "ann"));
    server.newest().die();
    whose(bench.call(server, "ann"));
    server.newest().die();

    assertThat(failure(bench.call(server, "ann"))).hasMessageContaining("it died");
    ticker.advance(Duration.ofMillis(700));
    assertThat(whose(bench.call(server, "ann"))).isEqualTo("ann");
  }

  @Test
  void a_session_that_the_server_forgot_is_opened_anew_and_the_call_is_sent_again()
      throws Exception {
    server.holdsCalls = true;
    CompletableFuture<Frame> answer = bench.call(server, "ann");
    server.holdsCalls = false;
    server.newest().forget();

    assertThat(whose(answer)).isEqualTo("ann");
    assertThat(server.connections).hasSize(2);
    assertThat(bench.sessions.views()).hasSize(1).allMatch(view -> view.inFlight() == 0);
  }

  @Test
  void other_values_open_another_session() throws Exception {
    String call = SessionBench.CALL;
    whose(bench.send(server, SessionBench.by("ann"), SessionBench.remote("old"), call));
    String now =
        whose(bench.send(server, SessionBench.by("ann"), SessionBench.remote("new"), call));

    assertThat(now).isEqualTo("new");
    assertThat(server.connections).hasSize(2);
  }

  @Test
  void stopping_closes_everything_and_opens_nothing_any_more() throws Exception {
    whose(bench.call(server, "ann"));
    server.holdsCalls = true;
    CompletableFuture<Frame> inFlight = bench.call(server, "bob");
    FakeServer slow = bench.server("slow");
    slow.opening = new CompletableFuture<>();
    CompletableFuture<Frame> waiting = bench.call(slow, "ann");
    slow.opening.completeOnTimeout(null, 50, TimeUnit.MILLISECONDS);

    bench.sessions.stop(Duration.ofSeconds(10));

    assertThat(server.alive).hasValue(0);
    assertThat(slow.alive).hasValue(0);
    assertThat(failure(inFlight).kind()).isEqualTo(McpFailure.Kind.CONNECTION_LOST);
    assertThat(failure(waiting)).hasMessageContaining("stopping");
    assertThat(failure(bench.call(server, "ann"))).hasMessageContaining("stopping");
    assertThat(bench.sessions.views()).isEmpty();
  }
}
