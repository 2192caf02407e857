package io.mcprouter.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.ScriptedTools;
import io.mcprouter.testkit.South;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The guardrails that count for each user: {@code rate-limit} and {@code bulkhead}. */
class LimitsTest {
  static final List<South> TRANSPORTS = Guarded.TRANSPORTS;

  private static final Queue<ScriptedTools.Call> HELD = new ConcurrentLinkedQueue<>();
  private static Guarded guarded;

  @BeforeAll
  static void start() {
    guarded =
        new Guarded(
            "[{\"rate-limit\":{\"calls\":4,\"period\":600000}},{\"bulkhead\":{\"calls\":2}}]");
    guarded.tool("echo", Guarded.UNKNOWN, call -> call.text("fine"));
    guarded.tool("hold", Guarded.UNKNOWN, HELD::add);
  }

  @AfterAll
  static void stop() {
    guarded.close();
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void a_user_who_calls_too_often_is_told_when_to_try_again(South south) {
    try (McpClient ann = guarded.client(south, "ann-often").connect();
        McpClient bob = guarded.client(south, "bob-often").connect()) {
      for (int call = 0; call < 4; call++) {
        assertThat(ann.say("echo", "{}")).isEqualTo("fine");
      }
      Message refused = ann.call("echo");

      assertThat(refused.result().path("isError").asBoolean()).isTrue();
      assertThat(refused.text()).contains("4 times in 600000 ms", "Nothing was done", "try again");
      assertThat(refused.result().path("_meta").path("io.mcprouter/guardrail").asText())
          .isEqualTo("rate-limit");
      assertThat(bob.say("echo", "{}")).as("others are not concerned").isEqualTo("fine");
      assertThat(ann.tools()).as("lists pass").contains("echo");
    }
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void a_user_who_calls_too_much_at_once_is_told_so_until_a_call_has_ended(South south) {
    try (McpClient ann = guarded.client(south, "ann-much").connect();
        McpClient bob = guarded.client(south, "bob-much").connect()) {
      McpClient.Pending first = ann.start("hold", "{}");
      McpClient.Pending second = ann.start("hold", "{}");
      await().until(() -> HELD.size() == 2);

      Message refused = ann.call("echo");

      assertThat(refused.text()).contains("2 of your calls", "are still running");
      assertThat(bob.say("echo", "{}")).isEqualTo("fine");
      HELD.remove().text("one");
      HELD.remove().text("two");
      assertThat(List.of(first.reply().text(), second.reply().text()))
          .containsExactlyInAnyOrder("one", "two");
      assertThat(ann.say("echo", "{}")).isEqualTo("fine");
    }
  }
}
