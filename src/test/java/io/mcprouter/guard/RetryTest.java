package io.mcprouter.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.ScriptedTools;
import io.mcprouter.testkit.South;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class RetryTest {
  static final List<South> TRANSPORTS = Guarded.TRANSPORTS;

  private static Guarded guarded;

  @BeforeAll
  static void start() {
    guarded = new Guarded("[{\"retry\":{\"attempts\":6,\"delay\":100,\"maxDelay\":1000}}]");
    for (South south : TRANSPORTS) {
      ScriptedTools server = guarded.server(south);
      server.tool("lookup", Guarded.READ_ONLY, failingTwice(server, "lookup"));
      server.tool("set", Guarded.IDEMPOTENT, failingTwice(server, "set"));
      server.tool("pay", Guarded.UNKNOWN, failingTwice(server, "pay"));
    }
    guarded.tool("gone", Guarded.READ_ONLY, ScriptedTools.Call::hangUp);
    guarded.tool("wrong", Guarded.READ_ONLY, call -> call.failure("no such ticket"));
    guarded.tool(
        "broken", Guarded.READ_ONLY, call -> call.error("{\"code\":-32050,\"message\":\"no\"}"));
    guarded.tool("fine", Guarded.UNKNOWN, call -> call.text("fine"));
    guarded.tool("never", Guarded.READ_ONLY, call -> {});
  }

  private static Consumer<ScriptedTools.Call> failingTwice(ScriptedTools server, String tool) {
    return call -> {
      if (server.calls(tool).size() < 3) {
        call.hangUp();
      } else {
        call.text("the third time");
      }
    };
  }

  @AfterAll
  static void stop() {
    guarded.close();
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void a_tool_that_may_be_called_twice_is_called_until_it_answers(South south) {
    // each with a session of its own: one that is lost again and again is opened later and later
    try (McpClient ann = guarded.client(south, "reads").connect();
        McpClient bob = guarded.client(south, "writes").connect()) {
      assertThat(ann.say("lookup", "{\"id\":7}")).isEqualTo("the third time");
      assertThat(bob.say("set", "{\"id\":7}")).isEqualTo("the third time");

      assertThat(guarded.server(south).calls("lookup"))
          .hasSize(3)
          .allSatisfy(call -> assertThat(call.arguments().getInteger("id")).isEqualTo(7));
    }
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void a_tool_that_says_nothing_of_itself_is_never_called_twice(South south) {
    try (McpClient client = guarded.client(south, "once").connect()) {
      Message reply = client.call("pay", "{}");

      assertThat(reply.error().path("code").asInt()).isEqualTo(-31003);
      assertThat(guarded.server(south).calls("pay")).hasSize(1);
    }
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void the_last_failure_is_told_with_the_number_of_attempts(South south) {
    try (McpClient client = guarded.client(south, "last").connect()) {
      Message reply = client.call("gone", "{}");

      assertThat(reply.error().path("code").asInt()).isEqualTo(-31003);
      assertThat(reply.error().path("message").asText()).contains("tried 6 times");
      // a websocket that was lost is not opened again at once: such an attempt ends in the router
      assertThat(guarded.server(south).calls("gone"))
          .hasSizeBetween(south == South.HTTP ? 6 : 2, 6);
    }
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void what_the_server_answers_is_the_answer_whatever_it_says(South south) {
    try (McpClient client = guarded.client(south, "whatever").connect()) {
      assertThat(client.call("wrong").text()).isEqualTo("no such ticket");
      assertThat(client.call("broken").error().path("code").asInt()).isEqualTo(-32050);

      assertThat(guarded.server(south).calls("wrong")).hasSize(1);
      assertThat(guarded.server(south).calls("broken")).hasSize(1);
    }
  }

  @Test
  void a_call_that_the_client_cancels_is_not_repeated() {
    try (McpClient client = guarded.client(South.HTTP, "cancel").connect()) {
      McpClient.Pending call = client.start("never", "{}");
      await().until(() -> guarded.server(South.HTTP).calls("never").size() == 1);

      client.cancel(call);

      assertThat(client.say("fine", "{}")).isEqualTo("fine");
      assertThat(guarded.server(South.HTTP).calls("never")).hasSize(1);
    }
  }
}
