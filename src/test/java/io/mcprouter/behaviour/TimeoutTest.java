package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that take longer than their entry allows. */
class TimeoutTest {
  private static final int TIMEOUT = 1_000;
  private static final int MAX_TIMEOUT = 3_000;
  private static final List<Peer> PEERS = new ArrayList<>();

  private static RouterUnderTest router;

  @BeforeAll
  static void start() {
    ServersFile file = new ServersFile();
    for (South south : South.values()) {
      Peer peer = Peer.behaviour(south);
      PEERS.add(peer);
      var entry = peer.entry().put("timeout", TIMEOUT);
      entry.putObject("router").put("maxTimeout", MAX_TIMEOUT);
      file.with(south.server(), entry);
      var slow = Peer.behaviour(south, "--delay-init", "60000");
      PEERS.add(slow);
      file.with(
          "slow-" + south.server(), slow.entry().put("initTimeout", 700).put("startup", false));
    }
    router = RouterUnderTest.start(file);
  }

  @AfterAll
  static void stop() {
    router.close();
    PEERS.forEach(Peer::close);
  }

  @ParameterizedTest
  @EnumSource
  void a_call_that_takes_too_long_fails_with_server_and_limit_and_is_cancelled(South south) {
    String label = UUID.randomUUID().toString();
    try (McpClient client = McpClient.of(router).server(south.server()).user("late").connect()) {
      Message reply = client.call("sleep", "{\"label\":\"" + label + "\"}");

      assertThat(reply.error().path("message").asText())
          .isEqualTo("Server '%s': no answer within %d ms".formatted(south.server(), TIMEOUT));
      assertThat(reply.error().path("data").path("router").path("reason").asText())
          .isEqualTo("timeout");
      await().untilAsserted(() -> assertThat(client.say("cancelled", "{}")).contains(label));
    }
  }

  @ParameterizedTest
  @EnumSource
  void progress_begins_the_limit_anew(South south) {
    try (McpClient client = McpClient.of(router).server(south.server()).user("late").connect()) {
      // one and a half times the limit in all, every step well within it
      Message reply = client.start("progress", "{\"steps\":6,\"delayMs\":250}", "1").reply();

      assertThat(reply.text()).isEqualTo("6 steps");
    }
  }

  @ParameterizedTest
  @EnumSource
  void progress_without_end_does_not_go_beyond_the_longest_limit(South south) {
    try (McpClient client = McpClient.of(router).server(south.server()).user("late").connect()) {
      Message reply = client.start("progress", "{\"steps\":1000,\"delayMs\":250}", "1").reply();

      assertThat(reply.error().path("message").asText())
          .isEqualTo("Server '%s': no answer within %d ms".formatted(south.server(), MAX_TIMEOUT));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_server_that_does_not_initialize_in_time_is_an_error_with_that_limit(South south) {
    String server = "slow-" + south.server();
    try (McpClient client = McpClient.of(router).server(server).user("late").connect()) {
      assertThat(client.initialized().error().path("message").asText())
          .contains("'" + server + "'")
          .contains("not initialized within 700 ms (initTimeout)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_question_to_a_person_stops_the_clock(South south) {
    try (McpClient client =
        McpClient.of(router)
            .server(south.server())
            .user("late")
            .capabilities("{\"elicitation\":{}}")
            .connect()) {
      McpClient.Pending call = client.start("elicit", "{\"label\":\"take your time\"}");
      Message question = client.awaitMessage("elicitation/create");
      long asked = System.nanoTime();
      await()
          .pollInterval(java.time.Duration.ofMillis(100))
          .until(() -> System.nanoTime() - asked > (TIMEOUT + 500) * 1_000_000L);
      assertThat(call.isOpen()).isTrue();

      client.answer(question, "{\"action\":\"accept\",\"content\":{\"answer\":\"late\"}}");

      assertThat(call.reply().told().path("content").path("answer").asText()).isEqualTo("late");
    }
  }
}
