package io.mcprouter.session;

import static io.mcprouter.session.SessionBench.CALL;
import static io.mcprouter.session.SessionBench.CAPABILITIES;
import static io.mcprouter.session.SessionBench.by;
import static io.mcprouter.session.SessionBench.child;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.McpClient;
import io.mcprouter.transport.spi.McpFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SessionStormTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 1_500;
  private static final int CHILDREN = 6;

  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  @Test
  void dying_draining_evicting_and_leaving_clients_lose_and_leak_nothing() throws Exception {
    SessionBench bench = new SessionBench(SessionBench.limits(12, 4, CHILDREN, 3));
    try (bench;
        ExecutorService answering = Executors.newFixedThreadPool(2);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<FakeServer> servers = new ArrayList<>();
      for (String name : List.of("one", "two", "three")) {
        FakeServer server = bench.server(name);
        server.answering = answering;
        servers.add(server);
      }
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        Random random = new Random(thread);
        running.add(callers.submit(() -> storm(bench, servers, random)));
      }
      for (Future<?> one : running) {
        one.get();
      }

      assertThat(answered.get()).isGreaterThan(ROUNDS);
      await()
          .untilAsserted(
              () -> assertThat(bench.sessions.views()).allMatch(view -> view.inFlight() == 0));
      bench.sessions.stop(Duration.ofSeconds(10));
      assertThat(bench.sessions.childrenByServer()).isEmpty();
      assertThat(servers)
          .allSatisfy(
              server -> {
                assertThat(server.alive).hasValue(0);
                assertThat(server.mostAlive.get()).isLessThanOrEqualTo(CHILDREN);
              });
    }
  }

  private Void storm(SessionBench bench, List<FakeServer> servers, Random random) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      FakeServer server = servers.get(random.nextInt(servers.size()));
      switch (random.nextInt(40)) {
        case 0 -> bench.sessions.drain(server.name, Duration.ofSeconds(5));
        case 1 -> bench.sessions.clientGone("client-" + random.nextInt(2));
        case 2 -> bench.sessions.reopen(server.name);
        case 3 -> die(server);
        default -> call(bench, server, "user-" + random.nextInt(5), random);
      }
    }
    return null;
  }

  private static void die(FakeServer server) {
    if (!server.connections.isEmpty()) {
      server.newest().die();
    }
  }

  private void call(SessionBench bench, FakeServer server, String user, Random random)
      throws Exception {
    String capabilities = random.nextInt(4) == 0 ? CAPABILITIES : "{}";
    McpClient client = new McpClient("client-" + random.nextInt(2), capabilities);
    CompletableFuture<Frame> answer = bench.send(server, by(user, client), child(user), CALL);
    Throwable thrown = answer.handle((reply, failure) -> failure).get(10, TimeUnit.SECONDS);
    if (thrown == null) {
      assertThat(SessionBench.whose(answer)).isEqualTo(user);
      answered.incrementAndGet();
    } else {
      assertThat(McpFailure.from(thrown, server.name).kind())
          .isIn(
              McpFailure.Kind.CONNECTION_LOST,
              McpFailure.Kind.SESSION_LOST,
              McpFailure.Kind.UNAVAILABLE,
              McpFailure.Kind.LIMIT_REACHED);
      failed.incrementAndGet();
    }
  }
}
