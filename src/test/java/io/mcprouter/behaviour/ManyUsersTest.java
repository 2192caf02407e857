package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.session.Sessions;
import io.mcprouter.testkit.ClientConnections;
import io.mcprouter.testkit.Footprint;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Many users at once: everybody is who they are, and afterwards nothing of them is left. */
class ManyUsersTest {
  private static final int IN_FLIGHT = 10;

  private static Peer remote;
  private static RouterUnderTest router;

  @BeforeAll
  static void start() {
    remote = Peer.behaviour(South.HTTP);
    ServersFile file =
        new ServersFile()
            .with("http", remote.entry())
            .with("stdio", Peer.behaviour(South.STDIO).entry().put("initTimeout", 60_000));
    router = RouterUnderTest.start(file, "mcp-router.sessions.idle=1500ms");
  }

  @AfterAll
  static void stop() {
    router.close();
    remote.close();
  }

  @ParameterizedTest
  @CsvSource({"http, 50, 200", "stdio, 8, 60"})
  void every_call_reaches_its_server_as_its_own_user_and_nothing_is_left(
      String server, int users, int calls) throws Exception {
    load(server, users, IN_FLIGHT); // what is made once and kept has been made
    Footprint before = settled();

    List<String> mismatches = load(server, users, calls);

    assertThat(mismatches).isEmpty();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(Footprint.now())
                    .matches(now -> now.isWithin(before), "as before: " + before));
  }

  private static Footprint settled() {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(router.bean(Sessions.class).views()).isEmpty();
              assertThat(router.bean(Sessions.class).childrenByServer()).isEmpty();
              assertThat(remote.stats().path("open").asInt()).isZero();
            });
    return Footprint.now();
  }

  /** Calls as many users at once; returns the answers that were for somebody else. */
  private static List<String> load(String server, int users, int calls) throws Exception {
    List<McpClient> clients = new ArrayList<>();
    List<Future<List<String>>> lanes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; n < users; n++) {
        String user = "user-" + n;
        McpClient client = McpClient.of(router).deaf().user(user).server(server).connect();
        clients.add(client);
        for (int lane = 0; lane < IN_FLIGHT; lane++) {
          lanes.add(threads.submit(() -> calls(client, user, calls / IN_FLIGHT)));
        }
      }
    }
    List<String> mismatches = new ArrayList<>();
    for (Future<List<String>> lane : lanes) {
      mismatches.addAll(lane.get());
    }
    clients.forEach(McpClient::close);
    ClientConnections.drop();
    return mismatches;
  }

  private static List<String> calls(McpClient client, String user, int calls) {
    List<String> mismatches = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      String told = client.say("identity", "{}");
      if (!told.equals(user)) {
        mismatches.add(user + " was told " + told);
      }
    }
    return mismatches;
  }

  @Test
  void users_who_share_a_session_by_the_administrators_word_use_one_connection() {
    try (Peer shared = Peer.behaviour(South.HTTP)) {
      try (RouterUnderTest sharing =
              RouterUnderTest.start(new ServersFile().with("shared", shared.sharedEntry()));
          McpClient ada = McpClient.of(sharing).server("shared").user("ada").connect();
          McpClient bob = McpClient.of(sharing).server("shared").user("bob").connect()) {
        ada.say("echo", "{\"message\":\"x\"}");
        bob.say("echo", "{\"message\":\"x\"}");

        assertThat(shared.stats().path("open").asInt()).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STDIO", "SSE", "WEBSOCKET"})
  void on_a_shared_session_no_user_hears_what_may_be_about_another(South south) {
    try (Peer shared = Peer.behaviour(south)) {
      try (RouterUnderTest sharing =
              RouterUnderTest.start(new ServersFile().with("shared", shared.sharedEntry()));
          McpClient ada = McpClient.of(sharing).server("shared").user("ada").connect();
          McpClient bob = McpClient.of(sharing).server("shared").user("bob").connect()) {
        ada.say("echo", "{\"message\":\"x\"}");
        bob.say("echo", "{\"message\":\"x\"}");
        ada.say("log", "{\"level\":\"warning\",\"text\":\"about ada\"}");
        bob.say("log", "{\"level\":\"warning\",\"text\":\"about bob\"}");

        assertThat(ada.received("notifications/message")).isEmpty();
        assertThat(bob.received("notifications/message")).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void on_a_shared_session_each_gets_their_own_reply_though_their_ids_are_equal(South south) {
    try (Peer shared = Peer.behaviour(south)) {
      try (RouterUnderTest sharing =
              RouterUnderTest.start(new ServersFile().with("shared", shared.sharedEntry()));
          McpClient ada = McpClient.of(sharing).server("shared").user("ada").connect();
          McpClient bob = McpClient.of(sharing).server("shared").user("bob").connect()) {
        McpClient.Pending slow = ada.raw("7", call("sleep", "{\"ms\":2000,\"label\":\"adas\"}"));
        await().untilAsserted(() -> assertThat(bob.say("stats", "{}")).contains("adas"));
        McpClient.Pending quick = bob.raw("7", call("echo", "{\"message\":\"bobs\"}"));

        assertThat(quick.reply().raw()).contains("bobs");
        assertThat(slow.reply().isError()).as(slow.reply().raw()).isFalse();
        assertThat(slow.reply().raw()).doesNotContain("bobs");
      }
    }
  }

  private static String call(String tool, String arguments) {
    return """
        {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"%s","arguments":%s}}"""
        .formatted(tool, arguments);
  }
}
