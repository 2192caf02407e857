package io.mcprouter.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.transport.Calls;
import io.mcprouter.transport.CamelFixture;
import io.mcprouter.transport.Certificates;
import io.mcprouter.transport.ErrorLog;
import io.mcprouter.transport.TunnelProxy;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.McpFailure.Kind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.net.PfxOptions;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebsocketComponentTest extends CamelFixture {
  private ScriptedWebsocket server;

  @BeforeEach
  void start() {
    server = new ScriptedWebsocket(vertx);
  }

  private String uri(String... options) {
    return uriOf(server.url(), options);
  }

  private static String uriOf(String url, String... options) {
    return endpointUri("mcp-websocket:chat", url, options);
  }

  @Test
  void a_call_goes_out_and_comes_back_as_text_frames() throws Exception {
    assertThat(calls.result(uri("header.X-Key=secret"), "tools/call", "{\"name\":\"echo\"}"))
        .isEqualTo("{\"name\":\"echo\"}");
    ServerWebSocket socket = server.sockets.getFirst();
    assertThat(socket.headers().get("X-Key")).isEqualTo("secret");
    assertThat(socket.headers().get("Sec-WebSocket-Protocol")).isEqualTo("mcp");
    assertThat(socket.headers().contains("Origin")).isFalse();
    assertThat(server.messages).hasSize(3);
  }

  @Test
  void one_connection_serves_all_calls_of_an_endpoint() throws Exception {
    List<CompletableFuture<Exchange>> open = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      open.add(calls.start(uri(), "tools/call", "{\"n\":" + i + "}"));
    }
    for (int i = 0; i < 200; i++) {
      assertThat(Calls.result(open.get(i))).isEqualTo("{\"n\":" + i + "}");
    }
    assertThat(server.sockets).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ \"n\" : 1.10, \"big\":12345678901234567890.123,\n\"e\":1E+2 }",
        "{\"text\":\"é 😀 \\ud83d \\u0000 \u2028\"}",
        "{\"b\":1,\"a\":2,\"b\":3}"
      })
  void what_is_inside_crosses_as_it_was_written(String params) throws Exception {
    assertThat(calls.result(uri(), "tools/call", params)).isEqualTo(params);
    assertThat(server.messages.getLast()).contains(params);
  }

  @Test
  void a_large_message_crosses_in_both_directions() throws Exception {
    String params = "{\"text\":\"" + "ü".repeat(300_000) + "\"}";
    assertThat(calls.result(uri(), "tools/call", params)).isEqualTo(params);
  }

  @Test
  void fragments_are_put_together_byte_by_byte() throws Exception {
    server.onCall =
        (socket, message) -> {
          byte[] reply = Buffer.buffer(ScriptedWebsocket.reply(message, "\"é😀\"")).getBytes();
          socket.writeFrame(WebSocketFrame.textFrame("{", false));
          for (int i = 1; i < reply.length; i++) {
            socket.writeFrame(
                WebSocketFrame.continuationFrame(
                    Buffer.buffer(new byte[] {reply[i]}), i == reply.length - 1));
            if (i == 5) {
              socket.writePing(Buffer.buffer("in between"));
            }
          }
        };
    assertThat(calls.result(uri(), "ping", "{}")).isEqualTo("\"é😀\"");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_message_that_is_too_large_ends_the_wire_with_1009(boolean fragmented) throws Exception {
    server.onCall =
        (socket, message) -> {
          if (fragmented) {
            socket.writeFrame(WebSocketFrame.textFrame("x".repeat(9_000), false));
            socket.writeFrame(
                WebSocketFrame.continuationFrame(Buffer.buffer("x".repeat(9_000)), false));
          } else {
            socket.writeFinalTextFrame("x".repeat(20_000));
          }
        };
    McpFailure failure = calls.failure(uri("maxMessageBytes=10000"), "ping", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.LIMIT_REACHED);
    assertThat(failure).hasMessageContaining("a message of more than 10000 bytes");
    await().until(() -> server.closeCodes.contains((short) 1009));
  }

  @Test
  void a_binary_frame_ends_the_wire_with_1003() throws Exception {
    server.onCall = (socket, message) -> socket.writeFinalBinaryFrame(Buffer.buffer("{}"));
    McpFailure failure = calls.failure(uri(), "ping", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL_VIOLATION);
    await().until(() -> server.closeCodes.contains((short) 1003));
  }

  @Test
  void what_is_no_message_is_skipped() throws Exception {
    server.onCall =
        (socket, message) -> {
          socket.writeTextMessage("no json");
          socket.writeTextMessage("");
          socket.writeTextMessage("[1]");
          ScriptedWebsocket.echo(socket, message);
        };
    assertThat(calls.result(uri(), "ping", "{}")).isEqualTo("{}");
  }

  @Test
  void a_close_fails_what_is_open_and_the_next_call_connects_anew() throws Exception {
    server.onCall = (socket, message) -> socket.close((short) 1012, "restart: secret");
    McpFailure failure = calls.failure(uri(), "ping", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
    assertThat(failure)
        .hasMessage(
            "Server 'chat': the connection was lost: the server closed the websocket (code 1012)");
    server.onCall = ScriptedWebsocket::echo;
    assertThat(calls.result(uri(), "ping", "{}")).isEqualTo("{}");
    assertThat(server.sockets).hasSize(2);
  }

  @Test
  void a_peer_that_does_not_answer_pings_is_given_up() throws Exception {
    RawWebsocket raw = new RawWebsocket(vertx);
    String uri = uriOf(raw.url(), "pingInterval=100", "pongTimeout=100", "closeTimeout=100");
    McpFailure failure = calls.failure(uri, "ping", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
    assertThat(failure).hasMessageContaining("no answer to a ping within 100 ms");
    raw.closed.get(20, TimeUnit.SECONDS);
  }

  @Test
  void a_peer_that_dies_is_no_error_in_the_log() throws Exception {
    RawWebsocket raw = RawWebsocket.thatDies(vertx);
    try (ErrorLog log = new ErrorLog()) {
      McpFailure failure = calls.failure(uriOf(raw.url()), "ping", "{}");
      assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
      assertThat(log.errors()).isEmpty();
    }
  }

  @Test
  void several_messages_in_one_frame_are_taken_apart() throws Exception {
    server.onCall =
        (socket, message) ->
            socket.writeTextMessage(
                "[{\"method\":\"notifications/message\"},"
                    + ScriptedWebsocket.reply(message, "{\"n\":1.10}")
                    + "]");
    assertThat(calls.result(uri(), "ping", "{}")).isEqualTo("{\"n\":1.10}");
  }

  @Test
  void a_peer_that_answers_pings_is_kept() throws Exception {
    server.onCall =
        (socket, message) -> {
          int[] seen = new int[1];
          socket.frameHandler(
              frame -> {
                if (frame.isPing() && seen[0]++ == 3) {
                  ScriptedWebsocket.echo(socket, message);
                }
              });
        };
    String uri = uri("pingInterval=50", "pongTimeout=5000");
    assertThat(calls.result(uri, "ping", "{}")).isEqualTo("{}");
  }

  @Test
  void a_slow_handshake_is_given_up() throws Exception {
    RawWebsocket raw = new RawWebsocket(vertx, (socket, head) -> {});
    McpFailure failure = calls.failure(uriOf(raw.url(), "initTimeout=300"), "ping", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    raw.closed.get(20, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Sec-WebSocket-Protocol: graphql-ws\r\n"})
  void a_server_of_another_subprotocol_is_refused(String protocol) throws Exception {
    RawWebsocket raw =
        new RawWebsocket(vertx, (socket, head) -> RawWebsocket.accept(socket, head, protocol));
    McpFailure failure = calls.failure(uriOf(raw.url()), "ping", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("does not speak the websocket subprotocol mcp");
    raw.closed.get(20, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @CsvSource({
    "401 Unauthorized, refuses the credentials (HTTP 401)",
    "302 Found, redirects (HTTP 302)",
    "200 OK, answered HTTP 200",
    "503 Unavailable, answered HTTP 503"
  })
  void a_handshake_that_is_refused_says_why(String status, String why) throws Exception {
    RawWebsocket raw =
        new RawWebsocket(
            vertx,
            (socket, head) ->
                socket.write(
                    "HTTP/1.1 "
                        + status
                        + "\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 6\r\n\r\nsecret"));
    McpFailure failure = calls.failure(uriOf(raw.url()), "ping", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining(why);
    assertThat(failure.getMessage()).doesNotContain("secret").doesNotContain("/ws");
  }

  @Test
  void nobody_listening_names_host_and_port() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertThat(calls.failure(uriOf("ws://127.0.0.1:" + port + "/x"), "ping", "{}"))
        .hasMessageContaining("127.0.0.1:" + port + " refuses connections");
  }

  @Test
  void a_peer_that_does_not_read_makes_calls_fail_at_the_limit() throws Exception {
    RawWebsocket raw = RawWebsocket.thatStopsReading(vertx);
    String uri = uriOf(raw.url(), "maxQueuedBytes=1000000", "pingInterval=0", "closeTimeout=1");
    String params = "{\"text\":\"" + "x".repeat(500_000) + "\"}";
    List<CompletableFuture<Exchange>> open = new ArrayList<>();
    await()
        .pollInterval(5, TimeUnit.MILLISECONDS)
        .until(
            () -> {
              open.add(calls.start(uri, "tools/call", params));
              return open.stream().anyMatch(CompletableFuture::isDone);
            });
    CompletableFuture<Exchange> refused =
        open.stream().filter(CompletableFuture::isDone).findFirst().orElseThrow();
    assertThat(Calls.failure(refused).kind()).isEqualTo(Kind.LIMIT_REACHED);
  }

  @Test
  void the_end_of_the_endpoint_closes_its_connection() throws Exception {
    calls.result(uri(), "ping", "{}");
    context.getEndpoint(uri()).stop();
    await().until(() -> server.closeCodes.contains((short) 1000));
  }

  @Test
  void a_peer_that_does_not_answer_the_close_is_left() throws Exception {
    RawWebsocket raw = new RawWebsocket(vertx);
    String uri = uriOf(raw.url(), "closeTimeout=500");
    CompletableFuture<Exchange> open = calls.start(uri, "ping", "{}");
    raw.called.get(20, TimeUnit.SECONDS);
    context.getEndpoint(uri).stop();
    assertThat(Calls.failure(open).kind()).isEqualTo(Kind.CONNECTION_LOST);
    raw.closed.get(20, TimeUnit.SECONDS);
  }

  @Test
  void a_vertx_instance_of_the_application_is_used_and_left_open() throws Exception {
    context.getRegistry().bind("vertx", vertx);
    calls.result(uri(), "ping", "{}");
    WebsocketComponent component =
        context.getComponent(WebsocketConstants.SCHEME, WebsocketComponent.class);
    assertThat(component.getVertx()).isSameAs(vertx);
    context.stop();
    CompletableFuture<Void> alive = new CompletableFuture<>();
    vertx.runOnContext(alive::complete);
    alive.get(20, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "socks5"})
  void calls_go_through_a_proxy(String kind) throws Exception {
    TunnelProxy proxy = new TunnelProxy(vertx);
    String uri = uri("proxy=" + kind + "://127.0.0.1:" + proxy.port());
    assertThat(calls.result(uri, "ping", "{}")).isEqualTo("{}");
    assertThat(proxy.heads()).hasSize(1).allMatch(head -> head.contains("" + server.port()));
  }

  @Test
  void tls_is_verified_unless_parameters_trust_the_server(@TempDir Path dir) throws Exception {
    String url = tls(Certificates.keyStore(dir, "ip:127.0.0.1"));
    assertThat(calls.failure(uriOf(url), "ping", "{}"))
        .hasMessageContaining("its certificate or host name is not trusted");
    context.getRegistry().bind("trusting", Certificates.trusting(dir.resolve("ip-127.0.0.1.p12")));
    assertThat(calls.result(uriOf(url, "sslContextParameters=#trusting"), "ping", "{}"))
        .isEqualTo("{}");
  }

  @Test
  void a_trusted_certificate_for_another_host_is_refused(@TempDir Path dir) throws Exception {
    Path store = Certificates.keyStore(dir, "dns:elsewhere");
    context.getRegistry().bind("trusting", Certificates.trusting(store));
    assertThat(calls.failure(uriOf(tls(store), "sslContextParameters=#trusting"), "ping", "{}"))
        .hasMessageContaining("its certificate or host name is not trusted");
  }

  private String tls(Path store) {
    PfxOptions key = new PfxOptions().setPath(store.toString()).setPassword(Certificates.PASSWORD);
    HttpServerOptions options = new HttpServerOptions().setSsl(true).setKeyCertOptions(key);
    return "wss://127.0.0.1:" + new ScriptedWebsocket(vertx, options).port() + "/ws";
  }
}
