package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.endpoint.ClientSessions;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.North;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RawHttp;
import io.mcprouter.testkit.RawStream;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From when to when a stream to a client lives, and what ends with it. */
@Timeout(60)
class StreamLifeTest {
  private static final String PATH = "/servers/one/mcp";
  private static final String PRIMED = "id: 1-0";

  private static Peer peer;
  private static RouterUnderTest router;

  @BeforeAll
  static void start() {
    peer = Peer.behaviour(South.HTTP);
    router =
        RouterUnderTest.start(
            new ServersFile().with("one", peer.entry()),
            "mcp-router.clients.idle=2s",
            "mcp-router.clients.resume-wait=1s");
  }

  @AfterAll
  static void stop() {
    router.close();
    peer.close();
  }

  private static McpClient client(String revision) {
    return McpClient.of(router).server("one").revision(revision).deaf().connect();
  }

  private static RawHttp listening(McpClient client) {
    return RawHttp.of(router.port(), "GET", PATH)
        .header("Accept", "text/event-stream")
        .header("Mcp-Session-Id", client.sessionId());
  }

  private static RawHttp posting(McpClient client, String body) {
    return RawHttp.post(router.port(), PATH, body).header("Mcp-Session-Id", client.sessionId());
  }

  /** A POST whose answer is a stream from the beginning. */
  private static RawHttp streaming(McpClient client, String body) {
    return posting(client, body).header("Accept", "text/event-stream, application/json");
  }

  private static String sleep(String label) {
    return "{\"jsonrpc\":\"2.0\",\"id\":\"%s\",\"method\":\"tools/call\",\"params\":{\"name\":\"sleep\",\"arguments\":{\"label\":\"%s\"}}}"
        .formatted(label, label);
  }

  private static void awaitRunning(String label) {
    await().until(() -> peer.stats().path("running").toString().contains(label));
  }

  private static void awaitCancelled(String label) {
    await()
        .untilAsserted(
            () -> {
              try (McpClient watcher = client("2025-11-25")) {
                assertThat(watcher.say("cancelled", "{}")).contains(label);
              }
            });
  }

  private static void awaitNoSessions() {
    await().until(() -> router.bean(ClientSessions.class).count() == 0);
  }

  @Test
  void a_session_ends_whose_streams_the_router_ended_and_the_client_left() {
    McpClient client = client("2025-11-25");
    String answered =
        streaming(client, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}").send().body();
    assertThat(answered).contains(PRIMED);
    assertThat(listening(client).header("Last-Event-ID", "1-0").send().body())
        .as("an ended stream that is taken up ends again")
        .contains("\"id\":1");
    RawStream first = listening(client).open().awaitText("id: 0-0");
    RawStream second = listening(client).open().awaitText("id: 0-0");
    first.awaitEnd();

    second.close();

    awaitNoSessions();
  }

  @Test
  void a_session_with_a_listening_stream_lives_and_its_idle_time_begins_when_that_ends() {
    McpClient client = client("2025-11-25");
    RawStream kept = listening(client).open().awaitText("id: 0-0");
    McpClient other = client("2025-11-25");
    await().until(() -> router.bean(ClientSessions.class).count() == 1);

    assertThat(other.sessionId()).isNotEqualTo(client.sessionId());
    assertThat(kept.isOpen()).isTrue();
    kept.close();
    assertThat(client.say("echo", "{\"message\":\"still there\"}")).isEqualTo("still there");
    awaitNoSessions();
  }

  @Test
  void a_client_that_vanishes_cancels_the_calls_of_its_batch() {
    McpClient client = client("2025-03-26");
    String one = UUID.randomUUID().toString();
    String two = UUID.randomUUID().toString();
    RawStream batch = posting(client, "[" + sleep(one) + "," + sleep(two) + "]").open();
    awaitRunning(one);
    awaitRunning(two);

    batch.close();

    awaitCancelled(one);
    awaitCancelled(two);
  }

  @Test
  void a_client_that_took_its_stream_up_and_then_vanishes_cancels_its_call() {
    McpClient client = client("2025-11-25");
    String label = UUID.randomUUID().toString();
    RawStream call = streaming(client, sleep(label)).open().awaitText(PRIMED);
    awaitRunning(label);
    RawStream resumed = listening(client).header("Last-Event-ID", "1-0").open();
    resumed.awaitText("200 OK");
    call.awaitEnd();

    resumed.close();

    awaitCancelled(label);
  }

  @Test
  void a_client_that_was_let_go_and_does_not_come_back_cancels_its_call() {
    McpClient client = client("2025-11-25");
    String label = UUID.randomUUID().toString();
    String polled =
        sleep(label)
            .replace("\"sleep\"", "\"resume\"")
            .replace("\"label\"", "\"delayMs\":60000,\"label\"");
    RawStream call = streaming(client, polled).open().awaitText(PRIMED);

    call.awaitEnd();

    awaitCancelled(label);
  }

  @Test
  void the_end_of_a_session_ends_its_streams() {
    McpClient client = client("2025-11-25");
    String label = UUID.randomUUID().toString();
    RawStream listening = listening(client).open().awaitText("id: 0-0");
    RawStream call = streaming(client, sleep(label)).open().awaitText(PRIMED);
    awaitRunning(label);

    client.close();

    listening.awaitEnd();
    call.awaitEnd();
    assertThat(call.text()).contains("the client is gone");
    awaitCancelled(label);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7-1", "x-1", "nonsense"})
  void an_event_that_is_not_known_is_refused_and_the_listening_stream_left_alone(String id) {
    try (McpClient client = client("2025-11-25")) {
      RawStream listening = listening(client).open().awaitText("id: 0-0");

      RawHttp.Reply refused = listening(client).header("Last-Event-ID", id).send();

      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.body()).contains("Last-Event-ID");
      String tool = "t" + UUID.randomUUID().toString().substring(0, 8);
      client.say("addTool", "{\"name\":\"" + tool + "\"}");
      listening.awaitText("notifications/tools/list_changed").close();
      client.say("removeTool", "{\"name\":\"" + tool + "\"}");
    }
  }

  @Test
  void a_refused_initialize_is_answered_with_json_also_where_events_alone_are_taken() {
    RawHttp.Reply refused =
        RawHttp.post(
                router.port(),
                "/mcp",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"initialize\",\"params\":{}}")
            .header("Accept", "text/event-stream")
            .send();

    assertThat(refused.header("content-type")).isEqualTo("application/json");
    assertThat(refused.body()).contains("\"id\":7", "protocolVersion is missing");
  }

  @ParameterizedTest
  @EnumSource(names = {"SSE", "WEBSOCKET"})
  void a_second_initialize_on_a_connection_opens_no_second_session(North north) {
    awaitNoSessions();
    String params = "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{}}";
    try (McpClient client = McpClient.of(router).server("one").over(north).uninitialized()) {
      McpClient.Pending first = client.request("initialize", params);
      Message second = client.request("initialize", params).reply();

      assertThat(first.reply().isError()).isFalse();
      assertThat(second.error().path("message").asText()).isEqualTo("Already initialized");
      assertThat(router.bean(ClientSessions.class).count()).isEqualTo(1);
    }
    awaitNoSessions();
  }
}
