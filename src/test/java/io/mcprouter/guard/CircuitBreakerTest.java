package io.mcprouter.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.ScriptedTools;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class CircuitBreakerTest {
  static final List<South> TRANSPORTS = Guarded.TRANSPORTS;

  private static final String STATE = "mcp.router.circuit.breaker.state";

  private Guarded guarded;

  @BeforeEach
  void start() {
    guarded =
        new Guarded(
            "[{\"circuit-breaker\":{\"minimumCalls\":4,\"window\":4,\"openSeconds\":1,\"trials\":1}}]");
    guarded.tool("fine", Guarded.UNKNOWN, call -> call.text("fine"));
    guarded.tool("gone", Guarded.UNKNOWN, ScriptedTools.Call::hangUp);
    guarded.tool("wrong", Guarded.UNKNOWN, call -> call.failure("no such ticket"));
    guarded.tool(
        "broken", Guarded.UNKNOWN, call -> call.error("{\"code\":-32602,\"message\":\"no\"}"));
  }

  @AfterEach
  void stop() {
    guarded.close();
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void a_server_that_fails_is_left_alone_and_tried_again_later(South south) {
    try (McpClient client = guarded.client(south, "ann").connect()) {
      for (int call = 0; call < 4; call++) {
        assertThat(client.call("gone").error().path("code").asInt()).isEqualTo(-31003);
      }
      Message refused = client.call("fine");

      assertThat(refused.error().path("code").asInt()).isEqualTo(-31002);
      assertThat(refused.error().path("message").asText())
          .contains("circuit breaker", "try again", south.server());
      assertThat(guarded.server(south).calls("fine")).isEmpty();
      await() // a websocket that was lost is not opened again at once
          .untilAsserted(() -> assertThat(client.tools()).as("lists pass").contains("fine"));
      await().until(() -> !client.call("fine").isError());
      assertThat(client.say("fine", "{}")).isEqualTo("fine");
    }
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void operators_see_an_open_circuit_and_nothing_of_a_server_that_has_none_any_more(South south) {
    try (McpClient client = guarded.client(south, "ann").connect()) {
      assertThat(state(south, "closed")).isEqualTo(1);
      for (int call = 0; call < 4; call++) {
        client.call("gone");
      }
      await().until(() -> state(south, "closed") == 0);

      guarded
          .router()
          .edit(new ServersFile().with("plain", guarded.server(south).entry("[{\"dry-run\":{}}]")));
      await().until(() -> meters().find(STATE).gauges().isEmpty());
    }
  }

  private double state(South south, String state) {
    return meters().get(STATE).tags("server", south.server(), "state", state).gauge().value();
  }

  private MeterRegistry meters() {
    return guarded.router().bean(MeterRegistry.class);
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void what_tools_and_callers_do_wrong_does_not_count(South south) {
    try (McpClient client = guarded.client(south, "ann").connect()) {
      for (int call = 0; call < 8; call++) {
        assertThat(client.call("wrong").result().path("isError").asBoolean()).isTrue();
        assertThat(client.call("broken").error().path("code").asInt()).isEqualTo(-32602);
      }
      assertThat(client.say("fine", "{}")).isEqualTo("fine");
    }
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void two_hundred_calls_at_once_are_all_answered(South south) throws Exception {
    try (McpClient client = guarded.client(south, "ann").connect();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers =
          IntStream.range(0, 200)
              .mapToObj(i -> threads.submit(() -> client.say("fine", "{}")))
              .toList();
      for (Future<String> answer : answers) {
        assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo("fine");
      }
    }
  }
}
