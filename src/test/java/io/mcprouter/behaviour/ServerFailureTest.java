package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that die, come back, forget their sessions and talk nonsense. */
class ServerFailureTest {
  private static final Map<South, Peer> PEERS = new EnumMap<>(South.class);

  private static RouterUnderTest router;

  @BeforeAll
  static void start() {
    ServersFile file = new ServersFile();
    for (South south : South.values()) {
      Peer peer = Peer.behaviour(south);
      PEERS.put(south, peer);
      file.with(south.server(), peer.entry().put("timeout", 20_000));
    }
    Peer nowhere = Peer.behaviour(South.HTTP);
    nowhere.kill();
    file.with("nowhere", nowhere.entry().put("startup", false));
    Peer exits = Peer.behaviour(South.STDIO, "--exit-on-start");
    file.with("exits", exits.entry().put("startup", false));
    router = RouterUnderTest.start(file);
  }

  @AfterAll
  static void stop() {
    router.close();
    PEERS.values().forEach(Peer::close);
  }

  private static McpClient client(South south, String user) {
    return McpClient.of(router).server(south.server()).user(user).connect();
  }

  private static Peer peer(South south) {
    return Objects.requireNonNull(PEERS.get(south));
  }

  @ParameterizedTest
  @EnumSource
  void all_open_calls_of_a_server_that_dies_fail_at_once_and_the_next_one_works(South south) {
    try (McpClient client = client(south, "dies-" + south)) {
      List<McpClient.Pending> open =
          IntStream.range(0, 3)
              .mapToObj(n -> client.start("sleep", "{\"label\":\"dying-" + n + "\"}"))
              .toList();
      await().until(() -> client.call("stats").told().path("running").size() == open.size());
      long before = System.nanoTime();

      Message last = client.call("die");

      open.forEach(call -> assertLost(call.reply(), south));
      assertLost(last, south);
      // far from the timeout of 20 s: nobody waited for it
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
      restart(south);
      assertWorksAgain(client);
    }
  }

  private static void assertLost(Message reply, South south) {
    assertThat(reply.error().path("message").asText())
        .as("%s", reply)
        .contains("'" + south.server() + "'")
        .contains("lost");
    assertThat(reply.error().path("data").path("router").path("reason").asText())
        .isEqualTo("connection_lost");
  }

  private static void restart(South south) {
    Peer peer = peer(south);
    peer.kill();
    peer.start();
  }

  private static void assertWorksAgain(McpClient client) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(client.call("echo", "{\"message\":\"again\"}").text())
                    .isEqualTo("again"));
  }

  @ParameterizedTest
  @EnumSource
  void a_connection_that_breaks_in_mid_call_fails_the_call_at_once(South south) {
    try (McpClient client = client(south, "breaks-" + south)) {
      assertThat(client.say("echo", "{\"message\":\"x\"}")).isEqualTo("x");

      assertLost(client.call("hangUp"), south);

      assertWorksAgain(client);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STDIO")
  void a_server_that_was_restarted_is_found_again(South south) {
    try (McpClient client = client(south, "restart-" + south)) {
      assertThat(client.say("echo", "{\"message\":\"x\"}")).isEqualTo("x");

      restart(south);

      assertWorksAgain(client);
    }
  }

  /** The server says that it does not know the session, so it has not acted on the call. */
  @ParameterizedTest
  @CsvSource({"HTTP, 404", "HTTP, 400"})
  void a_call_into_a_lost_session_is_played_again_in_a_new_one(South south, int status) {
    try (McpClient client = client(south, "loses-" + status)) {
      client.say("loseSession", "{\"status\":" + status + "}");
      int opened = peer(south).stats().path("opened").asInt();

      assertThat(client.say("bump", "{}")).matches("[0-9]+");

      assertThat(peer(south).stats().path("opened").asInt()).isEqualTo(opened + 1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SSE", "WEBSOCKET"})
  void a_session_that_the_server_closed_is_opened_again(South south) {
    try (McpClient client = client(south, "closed-" + south)) {
      client.say("loseSession", "{}");

      assertWorksAgain(client);
    }
  }

  @ParameterizedTest
  @EnumSource
  void garbage_of_the_server_is_skipped(South south) {
    try (McpClient client = client(south, "garbage-" + south)) {
      assertThat(client.say("garbage", "{}")).isEqualTo("the answer after the garbage");
      assertThat(client.say("echo", "{\"message\":\"x\"}")).isEqualTo("x");
    }
  }

  @ParameterizedTest
  @CsvSource({"nowhere, no connection", "exits, exit code 3"})
  void a_server_that_cannot_be_reached_is_an_error_that_names_it(String server, String why) {
    try (McpClient client = McpClient.of(router).server(server).user("nowhere").connect()) {
      assertThat(client.initialized().error().path("message").asText())
          .contains("'" + server + "'")
          .contains(why);
      assertThat(client.initialized().error().path("data").path("router").path("reason").asText())
          .isEqualTo("unavailable");
    }
  }

  @ParameterizedTest
  @CsvSource({"nowhere", "exits"})
  void a_server_that_cannot_be_reached_hides_no_other_server(String server) {
    try (McpClient client = McpClient.of(router).user("nowhere").connect()) {
      await().until(() -> client.tools().contains("http__echo"));

      assertThat(client.call(server + "__echo").isError()).isTrue();
      assertThat(client.say("http__echo", "{\"message\":\"x\"}")).isEqualTo("x");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "STDIO")
  void a_user_whose_server_dies_does_not_disturb_others(South south) {
    try (McpClient ada = client(south, "ada");
        McpClient bob = client(south, "bob")) {
      McpClient.Pending his = bob.start("sleep", "{\"ms\":300,\"label\":\"b\"}");

      assertThat(ada.call("die").isError()).isTrue();

      assertThat(his.reply().text()).isEqualTo("slept 300 ms");
    }
  }
}
