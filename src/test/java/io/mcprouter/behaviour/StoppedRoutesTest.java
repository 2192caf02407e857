package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.North;
import io.mcprouter.testkit.RouterRoutes;
import io.mcprouter.testkit.RouterUnderTest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that waits no more, or time that is up, ends the route that serves the call. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoppedRoutesTest {
  private static final String ROUTES =
      """
      - route:
          id: plain
          from:
            uri: mcp-tool:plain
            steps:
              - bean: {ref: witness, method: hang}
              - bean: {ref: witness, method: "note('later')"}
      - route:
          id: short
          from:
            uri: mcp-tool:short
            parameters:
              timeout: 300
            steps:
              - bean: {ref: witness, method: hang}
              - bean: {ref: witness, method: "note('later')"}
      - route:
          id: nested
          from:
            uri: mcp-tool:nested
            steps:
              - to: direct:nested
              - bean: {ref: witness, method: "note('after direct')"}
      - route:
          id: nested-inner
          from:
            uri: direct:nested
            steps:
              - doTry:
                  steps:
                    - bean: {ref: witness, method: hang}
                    - bean: {ref: witness, method: "note('later')"}
                  doCatch:
                    - exception: [java.lang.Exception]
                      steps:
                        - bean: {ref: witness, method: "note('caught')"}
                  doFinally:
                    steps:
                      - bean: {ref: witness, method: "note('clean')"}
      - route:
          id: pieces
          from:
            uri: mcp-tool:pieces
            steps:
              - setBody:
                  constant: "1,2,3"
              - split:
                  tokenize: ","
                  parallelProcessing: true
                  steps:
                    - bean: {ref: witness, method: hang}
                    - bean: {ref: witness, method: "note('later')"}
      - route:
          id: pooled
          from:
            uri: mcp-tool:pooled
            parameters:
              parameter.what: string
            steps:
              - threads:
                  poolSize: 1
                  maxPoolSize: 1
              - choice:
                  when:
                    - simple: "${header.what} == 'wait'"
                      steps:
                        - bean: {ref: witness, method: hang}
              - bean: {ref: witness, method: nap}
              - setBody:
                  constant: rested
      - route:
          id: repeated
          errorHandler:
            deadLetterChannel:
              deadLetterUri: direct:dead
              redeliveryPolicy:
                maximumRedeliveries: 5
                redeliveryDelay: 10
          from:
            uri: mcp-tool:repeated
            steps:
              - bean: {ref: witness, method: hang}
      - route:
          id: dead
          from:
            uri: direct:dead
            steps:
              - bean: {ref: witness, method: "note('dead')"}
      - route:
          id: deaf
          from:
            uri: mcp-tool:deaf
            steps:
              - bean:
                  id: deafStep
                  ref: witness
                  method: ignore
      """;

  private final Witness witness = new Witness();
  private RouterUnderTest router;

  @BeforeAll
  void start() throws Exception {
    router = RouterUnderTest.start("mcpServers: {}");
    RouterRoutes.of(router).bind(Map.of("witness", witness)).load(ROUTES);
    await().until(() -> router.bean(RouteInstaller.class).servers().find("routes") != null);
  }

  @AfterAll
  void stop() {
    witness.release.release(100);
    router.close();
  }

  @BeforeEach
  void forget() {
    witness.notes.clear();
  }

  private McpClient client() {
    return McpClient.of(router).server("routes").user("ada").connect();
  }

  @ParameterizedTest
  @EnumSource
  void a_cancelled_call_interrupts_the_running_step_and_no_later_one_begins(North north) {
    try (McpClient client = McpClient.of(router).server("routes").over(north).connect()) {
      McpClient.Pending call = client.start("plain", "{}");
      witness.await("waits");

      client.cancel(call);

      witness.await("interrupted");
      assertIdle("plain");
      assertThat(witness.notes).containsExactly("waits", "interrupted");
    }
  }

  @Test
  void a_client_that_vanishes_stops_its_route() {
    McpClient client = client();
    client.start("plain", "{}");
    witness.await("waits");

    client.vanish();

    witness.await("interrupted");
    assertIdle("plain");
    assertThat(witness.notes).doesNotContain("later");
  }

  @Test
  void time_that_is_up_stops_the_route_and_is_told() {
    try (McpClient client = client()) {
      Message reply = client.call("short");

      assertThat(reply.error().path("code").asInt()).isEqualTo(-31001);
      assertThat(reply.error().path("message").asText()).contains("300 ms");
      witness.await("interrupted");
      assertIdle("short");
      assertThat(witness.notes).doesNotContain("later");
    }
  }

  @Test
  void a_route_that_was_reached_over_direct_is_stopped_and_may_clean_up() {
    try (McpClient client = client()) {
      McpClient.Pending call = client.start("nested", "{}");
      witness.await("waits");

      client.cancel(call);

      witness.await("clean");
      assertIdle("nested");
      assertThat(witness.notes).containsExactly("waits", "interrupted", "clean");
    }
  }

  @Test
  void pieces_on_other_threads_are_stopped_too() {
    try (McpClient client = client()) {
      McpClient.Pending call = client.start("pieces", "{}");
      await().until(() -> witness.count("waits") == 3);

      client.cancel(call);

      await().until(() -> witness.count("interrupted") == 3);
      assertIdle("pieces");
      assertThat(witness.notes).doesNotContain("later");
    }
  }

  @Test
  void an_interruption_does_not_outlive_its_step() {
    try (McpClient client = client()) {
      McpClient.Pending call = client.start("pooled", "{\"what\":\"wait\"}");
      witness.await("waits");
      client.cancel(call);
      witness.await("interrupted");

      assertThat(client.say("pooled", "{}")).isEqualTo("rested");
    }
  }

  @Test
  void nothing_is_tried_again_for_nobody() {
    try (McpClient client = client()) {
      McpClient.Pending call = client.start("repeated", "{}");
      witness.await("waits");

      client.cancel(call);

      witness.await("interrupted");
      assertIdle("repeated");
      assertThat(witness.notes).containsExactly("waits", "interrupted");
    }
  }

  @Test
  void a_step_that_ignores_the_interruption_is_counted() {
    try (McpClient client = client()) {
      McpClient.Pending call = client.start("deaf", "{}");
      witness.await("ignores");

      client.cancel(call);

      await()
          .atMost(20, TimeUnit.SECONDS)
          .untilAsserted(
              () ->
                  assertThat(
                          router
                              .bean(MeterRegistry.class)
                              .find("mcp.router.routes.unstoppable")
                              .tag("server", "routes")
                              .counter())
                      .isNotNull()
                      .extracting(Counter::count)
                      .isEqualTo(1.0));
      witness.release.release();
      assertIdle("deaf");
    }
  }

  private void assertIdle(String route) {
    await().until(() -> RouterRoutes.of(router).camel().getInflightRepository().size(route) == 0);
  }

  /** Steps that note what becomes of them. */
  public static final class Witness {
    final ConcurrentLinkedQueue<String> notes = new ConcurrentLinkedQueue<>();
    final Semaphore release = new Semaphore(0);

    public void hang(org.apache.camel.Exchange exchange) throws InterruptedException {
      notes.add("waits");
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        notes.add("interrupted");
        throw e;
      }
    }

    /** Fails where the thread is interrupted already. */
    public void nap(org.apache.camel.Exchange exchange) throws InterruptedException {
      new Semaphore(0).tryAcquire(1, TimeUnit.MILLISECONDS);
    }

    public void ignore(org.apache.camel.Exchange exchange) {
      notes.add("ignores");
      release.acquireUninterruptibly();
    }

    public void note(String what) {
      notes.add(what);
    }

    void await(String what) {
      org.awaitility.Awaitility.await().until(() -> notes.contains(what));
    }

    long count(String what) {
      return List.copyOf(notes).stream().filter(what::equals).count();
    }
  }
}
