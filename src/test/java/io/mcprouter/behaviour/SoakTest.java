package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.endpoint.ClientSessions;
import io.mcprouter.session.Sessions;
import io.mcprouter.testkit.ClientConnections;
import io.mcprouter.testkit.Footprint;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Mixed load for {@code -Dmcp-router.soak.seconds} (default 20) while servers die and come back,
 * entries are edited and removed, clients cancel and vanish: no answer is wrong, and afterwards
 * everything is as it was.
 */
@Tag("soak")
class SoakTest {
  private static final Duration TIME =
      Duration.ofSeconds(Long.getLong("mcp-router.soak.seconds", 20));
  private static final int USERS = 12;
  private static final long HEAP_SLACK = 24L << 20;

  private static final Map<South, Peer> PEERS = new EnumMap<>(South.class);
  private static RouterUnderTest router;

  @BeforeAll
  static void start() {
    for (South south : South.values()) {
      PEERS.put(south, Peer.behaviour(south));
    }
    router =
        RouterUnderTest.start(
            servers(0), "mcp-router.sessions.idle=1500ms", "mcp-router.clients.idle=5s");
  }

  @AfterAll
  static void stop() {
    router.close();
    PEERS.values().forEach(Peer::close);
  }

  private static Peer peer(South south) {
    return Objects.requireNonNull(PEERS.get(south));
  }

  /** The servers file after so many edits: one entry comes and goes, another one changes. */
  private static ServersFile servers(int edits) {
    ServersFile file = new ServersFile();
    PEERS.forEach((south, peer) -> file.with(south.server(), peer.entry().put("timeout", 10_000)));
    ObjectNode edited = peer(South.HTTP).entry().put("timeout", 10_000 + edits);
    file.with("edited", edited);
    return edits % 2 == 0 ? file.with("removed", peer(South.WEBSOCKET).entry()) : file;
  }

  @Test
  void nothing_is_wrong_and_nothing_is_left() throws Exception {
    run(Duration.ofSeconds(5)); // what is made once and kept has been made
    settle();
    Footprint before = Footprint.now();
    long heap = heap();

    List<String> wrong = run(TIME);

    assertThat(wrong).isEmpty();
    settle();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(Footprint.now())
                    .matches(now -> now.isWithin(before), "as before: " + before));
    assertThat(heap()).isLessThan(heap + HEAP_SLACK);
  }

  private static void settle() {
    ClientConnections.drop();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(router.bean(Sessions.class).views()).isEmpty();
              assertThat(router.bean(Sessions.class).childrenByServer()).isEmpty();
              assertThat(router.bean(ClientSessions.class).count()).isZero();
            });
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static List<String> run(Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    List<Future<List<String>>> workers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; n < USERS; n++) {
        SoakUser user = new SoakUser(router, "user-" + n, new Random(n));
        workers.add(threads.submit(() -> user.callUntil(end)));
      }
      disturb(end);
    }
    List<String> wrong = new ArrayList<>();
    for (Future<List<String>> worker : workers) {
      wrong.addAll(worker.get());
    }
    PEERS.values().forEach(Peer::ensureRunning);
    return wrong;
  }

  /**
   * Kills servers and edits the file in turn, a disturbance whenever the last one has been felt.
   */
  private static void disturb(long end) {
    List<South> mortal = List.of(South.HTTP, South.SSE, South.WEBSOCKET);
    for (int n = 1; System.nanoTime() < end; n++) {
      Peer victim = peer(mortal.get(n % mortal.size()));
      int opened = victim.stats().path("opened").asInt();
      awaitUser(victim, opened, end);
      victim.kill();
      victim.start();
      router.edit(servers(n));
      awaitUser(victim, 0, end);
    }
    router.edit(servers(0));
  }

  /** Waits until a user has opened more sessions with a server than before. */
  private static void awaitUser(Peer peer, int before, long end) {
    await()
        .atMost(TIME.plusSeconds(60))
        .until(() -> System.nanoTime() > end || peer.stats().path("opened").asInt() > before);
  }
}
