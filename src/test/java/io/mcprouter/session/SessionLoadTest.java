package io.mcprouter.session;

import static io.mcprouter.session.SessionBench.whose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.protocol.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SessionLoadTest {
  private static final int USERS = 50;
  private static final int CALLS = 200;
  private static final int IN_FLIGHT = 10;

  @Test
  void fifty_users_at_once_only_ever_hear_of_themselves() throws Exception {
    try (SessionBench bench = new SessionBench(SessionBench.idle(Duration.ofMillis(500)));
        ExecutorService answering = Executors.newFixedThreadPool(4);
        ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
      FakeServer server = bench.server("echo");
      server.answering = answering;
      AtomicInteger answered = new AtomicInteger();
      List<Future<?>> running = new ArrayList<>();
      for (int user = 0; user < USERS; user++) {
        String name = "user-" + user;
        running.add(users.submit(() -> callAll(bench, server, name, answered)));
      }
      for (Future<?> one : running) {
        one.get();
      }

      assertThat(answered).hasValue(USERS * CALLS);
      assertThat(server.connections.size()).isBetween(USERS, USERS * 2);
      await().untilAsserted(() -> assertThat(server.alive).hasValue(0));
      assertThat(bench.sessions.views()).isEmpty();
      assertThat(bench.sessions.sessionsByServer()).isEmpty();
    }
  }

  private static Void callAll(
      SessionBench bench, FakeServer server, String user, AtomicInteger answered) throws Exception {
    for (int round = 0; round < CALLS / IN_FLIGHT; round++) {
      List<CompletableFuture<Frame>> open = new ArrayList<>();
      for (int i = 0; i < IN_FLIGHT; i++) {
        open.add(bench.call(server, user));
      }
      for (CompletableFuture<Frame> answer : open) {
        assertThat(whose(answer)).isEqualTo(user);
        answered.incrementAndGet();
      }
    }
    return null;
  }
}
