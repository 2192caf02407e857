package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.North;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RawHttp;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may come in over HTTP, with how much, and whose session is whose. */
class FrontDoorTest {
  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";
  private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";
  private static final int MOST_BYTES = 4 << 20;
  private static final int MOST_SESSIONS = 5;
  private static final int MOST_CALLS = 8;

  private static Peer peer;
  private static RouterUnderTest router;
  private static int port;

  @BeforeAll
  static void start() {
    peer = Peer.behaviour(South.HTTP);
    router =
        RouterUnderTest.start(
            new ServersFile().with("http", peer.entry()),
            "mcp-router.allowed-origins=https://chat.example.com",
            "mcp-router.public-url=https://tools.example.com",
            "mcp-router.clients.max-sessions-per-user=" + MOST_SESSIONS,
            "mcp-router.clients.max-open-calls=" + MOST_CALLS);
    port = router.port();
  }

  @AfterAll
  static void stop() {
    router.close();
    peer.close();
  }

  private static RawHttp initialize(String user) {
    return RawHttp.post(port, "/mcp", INITIALIZE).header("X-MCP-User-Id", user);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example.com",
        "127.0.0.1.evil.example.com",
        "localhost.evil.com:80",
        "10.0.0.1",
        ""
      })
  void a_foreign_host_is_refused(String host) {
    assertThat(initialize("host").header("Host", host).send().status()).isIn(400, 403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "localhost:1", "127.0.0.1:9", "[::1]:7", "tools.example.com"})
  void the_routers_own_hosts_are_let_in(String host) {
    RawHttp.Reply reply = initialize("host-" + host.hashCode()).header("Host", host).send();

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).doesNotContain(host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example.com",
        "null",
        "http://localhost.evil.com",
        "https://chat.example.com.evil.com",
        "file://"
      })
  void a_foreign_origin_is_refused(String origin) {
    RawHttp.Reply reply = initialize("origin").header("Origin", origin).send();

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.headers()).doesNotContainKey("access-control-allow-origin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://chat.example.com", "https://tools.example.com"})
  void an_allowed_origin_may_read_the_session_id(String origin) {
    RawHttp.Reply reply = initialize("cors-" + origin.hashCode()).header("Origin", origin).send();

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("access-control-allow-origin")).isEqualTo(origin);
    assertThat(reply.header("access-control-expose-headers")).contains("Mcp-Session-Id");
    RawHttp.Reply preflight =
        RawHttp.of(port, "OPTIONS", "/mcp")
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "mcp-session-id, content-type")
            .send();
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("access-control-allow-methods")).contains("POST", "DELETE");
    assertThat(preflight.header("access-control-allow-headers"))
        .containsIgnoringCase("mcp-session-id")
        .containsIgnoringCase("mcp-protocol-version");
  }

  @Test
  void a_websocket_of_a_foreign_origin_is_refused() {
    RawHttp.Reply reply =
        RawHttp.of(port, "GET", "/ws")
            .header("Origin", "https://evil.example.com")
            .header("Connection", "Upgrade")
            .header("Upgrade", "websocket")
            .header("Sec-WebSocket-Version", "13")
            .header("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==")
            .send();

    assertThat(reply.status()).isEqualTo(403);
  }

  @Test
  void a_message_of_the_largest_size_is_taken_and_a_larger_one_refused_with_413() {
    try (McpClient client = McpClient.of(router).server("http").user("large").connect()) {
      String frame =
          "{\"jsonrpc\":\"2.0\",\"id\":\"l\",\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":{\"message\":\"%s\"}}}";
      String message = "x".repeat(MOST_BYTES - frame.length() + 2);

      assertThat(client.raw("\"l\"", frame.formatted(message)).reply().text())
          .hasSize(message.length());

      RawHttp.Reply refused =
          RawHttp.post(port, "/mcp", "")
              .header("Content-Length", Integer.toString(MOST_BYTES + 1))
              .send();
      assertThat(refused.status()).isEqualTo(413);
      assertThat(refused.body()).contains(Integer.toString(MOST_BYTES));
    }
  }

  @Test
  void a_message_without_a_length_is_cut_off_at_the_largest_size() {
    StringBuilder chunked = new StringBuilder();
    String chunk = "x".repeat(1 << 19);
    for (int i = 0; i < 9; i++) {
      chunked
          .append(Integer.toHexString(chunk.length()))
          .append("\r\n")
          .append(chunk)
          .append("\r\n");
    }
    RawHttp.Reply refused =
        RawHttp.post(port, "/mcp", chunked + "0\r\n\r\n")
            .without("Content-Length")
            .header("Transfer-Encoding", "chunked")
            .send();

    assertThat(refused.status()).isEqualTo(413);
  }

  @ParameterizedTest
  @EnumSource(names = {"SSE", "WEBSOCKET"})
  void a_message_that_is_too_large_ends_no_other_session(North north) {
    try (McpClient other = McpClient.of(router).server("http").over(north).user("other").connect();
        McpClient large =
            McpClient.of(router).server("http").over(north).user("large-" + north).connect()) {
      try {
        large.send("\"" + "x".repeat(MOST_BYTES + 10) + "\"");
      } catch (java.util.concurrent.CompletionException closed) {
        assertThat(north).isEqualTo(North.WEBSOCKET);
      }

      assertThat(other.say("echo", "{\"message\":\"fine\"}")).isEqualTo("fine");
    }
  }

  @Test
  void a_user_may_have_so_many_sessions_and_no_more_and_others_have_their_own() {
    List<McpClient> open = new ArrayList<>();
    for (int i = 0; i < MOST_SESSIONS; i++) {
      open.add(McpClient.of(router).user("greedy").connect());
    }
    Message refused = McpClient.of(router).user("greedy").connect().initialized();
    assertThat(refused.error().path("message").asText())
        .contains("" + MOST_SESSIONS)
        .contains("sessions");
    try (McpClient other = McpClient.of(router).user("modest").connect()) {
      assertThat(other.initialized().isError()).isFalse();
    }
    open.removeLast().close();
    open.add(McpClient.of(router).user("greedy").connect());
    assertThat(open.getLast().initialized().isError()).isFalse();
    open.forEach(McpClient::close);
  }

  @Test
  void so_many_calls_may_be_open_in_a_session_and_no_more() {
    try (McpClient client = McpClient.of(router).server("http").user("busy").connect()) {
      List<McpClient.Pending> open = new ArrayList<>();
      for (int i = 0; i < MOST_CALLS; i++) {
        open.add(client.start("sleep", "{\"label\":\"busy-" + i + "\"}"));
      }
      await()
          .until(
              () -> peer.stats().path("running").toString().split("busy", -1).length > MOST_CALLS);

      assertThat(client.call("echo", "{\"message\":\"x\"}").error().path("message").asText())
          .contains("" + MOST_CALLS);

      open.forEach(client::cancel);
      await().until(() -> !client.call("echo", "{\"message\":\"x\"}").isError());
    }
  }

  @Test
  void a_session_is_its_callers_alone_and_for_its_path_alone() {
    try (McpClient ada = McpClient.of(router).user("ada").connect()) {
      String id = ada.sessionId();
      RawHttp list = RawHttp.post(port, "/mcp", LIST).header("Mcp-Session-Id", id);

      assertThat(list.header("X-MCP-User-Id", "ada").send().status()).isEqualTo(200);
      assertThat(list.header("X-MCP-User-Id", "bob").send().status()).isEqualTo(404);
      assertThat(list.without("X-MCP-User-Id").send().status()).isEqualTo(404);
      for (String method : new String[] {"GET", "DELETE"}) {
        RawHttp.Reply others =
            RawHttp.of(port, method, "/mcp")
                .header("Accept", "text/event-stream")
                .header("Mcp-Session-Id", id)
                .header("X-MCP-User-Id", "bob")
                .send();
        assertThat(others.status()).isEqualTo(404);
      }
      RawHttp.Reply elsewhere =
          RawHttp.post(port, "/servers/http/mcp", LIST)
              .header("Mcp-Session-Id", id)
              .header("X-MCP-User-Id", "ada")
              .send();
      assertThat(elsewhere.status()).isEqualTo(404);
      assertThat(ada.tools()).isNotNull();
    }
  }

  @Test
  void a_session_that_was_ended_is_not_found() {
    McpClient client = McpClient.of(router).user("ended").connect();
    String id = client.sessionId();
    client.close();

    RawHttp.Reply reply =
        RawHttp.post(port, "/mcp", LIST)
            .header("Mcp-Session-Id", id)
            .header("X-MCP-User-Id", "ended")
            .send();

    assertThat(reply.status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Type, text/plain, 415",
    "Accept, text/html, 406",
    "X-MCP-User-Id, '', 401",
    "MCP-Protocol-Version, 1999-01-01, 400",
    "Mcp-Session-Id, unknown, 404"
  })
  void a_wrong_header_has_its_status(String name, String value, int status) {
    RawHttp post = RawHttp.post(port, "/mcp", LIST).header("Mcp-Session-Id", "x");

    assertThat(post.header(name, value).send().status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /mcp, 405",
    "GET, /nowhere, 404",
    "GET, /servers/none/mcp, 404",
    "POST, /sets/none/mcp, 404",
    "GET, /, 404",
    "POST, /messages?sessionId=x, 404",
    "PUT, /sse, 405"
  })
  void a_wrong_address_has_its_status(String method, String path, int status) {
    assertThat(RawHttp.of(port, method, path).header("Content-Length", "0").send().status())
        .isEqualTo(status);
  }

  @Test
  void a_stream_that_broke_is_taken_up_where_it_broke() {
    try (McpClient client = McpClient.of(router).server("http").user("resumes").connect()) {
      RawHttp.Reply whole =
          RawHttp.post(
                  port,
                  "/servers/http/mcp",
                  "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"tools/call\",\"params\":{\"name\":\"progress\",\"arguments\":{\"steps\":3},\"_meta\":{\"progressToken\":\"t\"}}}")
              .header("Accept", "text/event-stream, application/json")
              .header("Mcp-Session-Id", client.sessionId())
              .header("X-MCP-User-Id", "resumes")
              .send();
      List<String> ids =
          whole
              .body()
              .lines()
              .filter(line -> line.startsWith("id: "))
              .map(line -> line.substring(4))
              .toList();
      // the priming event, three of progress, and the answer
      assertThat(ids).hasSize(5).doesNotHaveDuplicates();

      RawHttp.Reply rest =
          RawHttp.of(port, "GET", "/servers/http/mcp")
              .header("Accept", "text/event-stream")
              .header("Last-Event-ID", ids.get(2))
              .header("Mcp-Session-Id", client.sessionId())
              .header("X-MCP-User-Id", "resumes")
              .send();

      assertThat(rest.body())
          .contains("\"step 3 of 3\"")
          .contains("\"id\":9")
          .doesNotContain("step 2 of 3");
    }
  }
}
