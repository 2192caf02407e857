package io.mcprouter.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.Certificates;
import io.mcprouter.transport.TunnelProxy;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.McpFailure.Kind;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.PfxOptions;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that refuse, vanish, forget, or send what they should not. */
class HttpFailureTest extends HttpFixture {
  private static final String NO_SESSION =
      "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":%d,\"message\":\"no session\"}}";

  private String reply(String method) throws Exception {
    Exchange exchange = calls.start(uri(), method, "{}").get(20, TimeUnit.SECONDS);
    assertThat(exchange.getException()).isNull();
    Frame reply = exchange.getMessage().getBody(Frame.class);
    return new String(reply.bytes(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "401, UNAVAILABLE, refuses the credentials (HTTP 401)",
    "403, UNAVAILABLE, refuses the credentials (HTTP 403)",
    "405, UNAVAILABLE, does not take this kind of request (HTTP 405)",
    "429, UNAVAILABLE, asks for fewer requests (HTTP 429)",
    "302, UNAVAILABLE, redirects (HTTP 302)",
    "303, UNAVAILABLE, redirects (HTTP 303)",
    "500, CONNECTION_LOST, answered HTTP 500",
    "502, CONNECTION_LOST, answered HTTP 502",
    "503, UNAVAILABLE, answered HTTP 503"
  })
  void a_status_that_is_no_success_fails_the_call_and_says_why(int status, Kind kind, String why)
      throws Exception {
    server.onCall =
        (request, message) ->
            request
                .response()
                .setStatusCode(status)
                .putHeader("Location", server.url() + "/elsewhere")
                .end("why: secret");
    McpFailure failure = calls.failure(uri(), "tools/call", "{}");
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure)
        .hasMessageContaining("127.0.0.1:" + server.port())
        .hasMessageContaining(why);
    assertThat(failure.getMessage()).doesNotContain("secret").doesNotContain("/mcp");
    assertThat(server.count("tools/call")).isEqualTo(1);
    assertThat(server.requests).noneMatch(request -> request.path().endsWith("/elsewhere"));
    server.onCall = server::echo;
    assertThat(calls.result(uri(), "ping", "{}")).isEqualTo("{}");
    assertThat(server.count("initialize")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "404;Session not found",
        "404;{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32001,\"message\":\"x\"}}",
        "404;{\"jsonrpc\":\"2.0\",\"id\":\"server-error\",\"error\":{\"code\":-32600,\"message\":\"x\"}}",
        "400;No valid session",
        "400;{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32000,\"message\":\"x\"}}"
      })
  void a_session_that_the_server_forgot_is_opened_again_and_the_call_repeated(
      int status, String body) throws Exception {
    server.onCall =
        (request, message) -> {
          server.onCall = server::echo;
          server.sessionId = "session-2";
          ScriptedHttp.json(request, status, body);
        };
    assertThat(calls.result(uri(), "tools/call", "{\"a\":1}")).isEqualTo("{\"a\":1}");
    assertThat(server.methods())
        .containsExactly(
            "initialize",
            "notifications/initialized",
            "tools/call",
            "initialize",
            "notifications/initialized",
            "tools/call");
    assertThat(server.requests.get(3).headers().contains("Mcp-Session-Id")).isFalse();
    assertThat(server.requests.getLast().getHeader("Mcp-Session-Id")).isEqualTo("session-2");
  }

  @Test
  void the_second_loss_fails_the_call() throws Exception {
    server.onCall = (request, message) -> ScriptedHttp.status(request, 404);
    assertThat(calls.failure(uri(), "tools/call", "{}").kind()).isEqualTo(Kind.SESSION_LOST);
    assertThat(server.count("tools/call")).isEqualTo(2);
  }

  @Test
  void without_a_session_there_is_none_to_lose() throws Exception {
    server.sessionId = "";
    server.onCall = (request, message) -> ScriptedHttp.status(request, 404);
    assertThat(calls.failure(uri(), "tools/call", "{}"))
        .hasMessageContaining("nothing at the path of url (HTTP 404)");
    assertThat(server.count("tools/call")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {-32700, -32600, -32601, -32602, -32603})
  void an_error_of_the_protocol_with_status_400_is_the_reply(int code) throws Exception {
    server.onCall =
        (request, message) -> ScriptedHttp.json(request, 400, NO_SESSION.formatted("null", code));
    assertThat(reply("tools/call")).isEqualTo(NO_SESSION.formatted("null", code));
    assertThat(server.count("tools/call")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 500})
  void an_error_that_answers_the_very_request_is_the_reply(int status) throws Exception {
    server.onCall =
        (request, message) ->
            ScriptedHttp.json(
                request, status, NO_SESSION.formatted(message.getValue("id"), -32001));
    assertThat(reply("tools/call")).contains("\"code\":-32001");
    assertThat(server.count("initialize")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "200;{\"jsonrpc\":\"2.0\",\"id\":999,\"result\":{}};carries the id of another request",
        "200;{\"jsonrpc\":\"2.0\",\"id\":\"2\",\"result\":{}};carries the id of another request",
        "200;{\"jsonrpc\":\"2.0\",\"id\":999,\"error\":{}};carries the id of another request",
        "200;{\"jsonrpc\":\"2.0\",\"method\":\"ping\"};is no JSON-RPC reply",
        "200;{\"jsonrpc\":;is no JSON-RPC reply",
        "200;<html>;is no JSON-RPC reply",
        "200;'';is no JSON-RPC reply",
        "202;'';is no JSON-RPC reply"
      })
  void an_answer_that_is_none_breaks_the_protocol(int status, String body, String why)
      throws Exception {
    server.onCall = (request, message) -> ScriptedHttp.json(request, status, body);
    McpFailure failure = calls.failure(uri(), "tools/call", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL_VIOLATION);
    assertThat(failure).hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void an_answer_that_is_too_large_is_refused(boolean declared) throws Exception {
    server.onCall =
        (request, message) -> {
          HttpServerResponse response = request.response().setChunked(!declared);
          if (declared) {
            response.putHeader("Content-Length", "1000000000");
          }
          endless(response, response.write("x"));
        };
    McpFailure failure = calls.failure(uri("maxMessageBytes=100000"), "tools/call", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.LIMIT_REACHED);
    assertThat(failure).hasMessageContaining("larger than 100000 bytes");
    await().untilAtomic(server.abandoned, is(1));
  }

  @Test
  void an_event_without_end_is_refused() throws Exception {
    server.onCall =
        (request, message) -> {
          HttpServerResponse stream = ScriptedHttp.stream(request);
          endless(stream, stream.write("data: "));
        };
    McpFailure failure = calls.failure(uri("maxMessageBytes=100000"), "tools/call", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.LIMIT_REACHED);
    assertThat(failure).hasMessageContaining("an event of it is larger than 100000 bytes");
    await().untilAtomic(server.abandoned, is(1));
  }

  private static void endless(HttpServerResponse response, Future<Void> written) {
    written.onSuccess(none -> endless(response, response.write("x".repeat(8192))));
  }

  @ParameterizedTest
  @CsvSource({
    "0, true", "60000, true", "65536, true", "65537, true", "900000, true",
    "0, false", "60000, false", "65536, false", "65537, false", "900000, false"
  })
  void answers_of_all_sizes_come_whole(int size, boolean declared) throws Exception {
    String text = "\"" + "abcdefg".repeat(size / 7) + "\"";
    server.onCall =
        (request, message) -> {
          HttpServerResponse response = request.response().setChunked(!declared);
          response.putHeader("Content-Type", "application/json");
          response.end(ScriptedHttp.reply(message, text));
        };
    assertThat(calls.result(uri("maxMessageBytes=1000000"), "ping", "{}")).isEqualTo(text);
  }

  @Test
  void an_answer_may_be_as_large_as_the_limit() throws Exception {
    String text = "\"" + "x".repeat(99_000) + "\"";
    server.onCall =
        (request, message) -> ScriptedHttp.json(request, 200, ScriptedHttp.reply(message, text));
    assertThat(calls.result(uri("maxMessageBytes=100000"), "ping", "{}")).isEqualTo(text);
  }

  @Test
  void a_server_that_never_initializes_is_given_up_and_let_go() throws Exception {
    server.onInitialize = (request, message) -> ScriptedHttp.stream(request).write(": wait\n\n");
    McpFailure failure = calls.failure(uri("initTimeout=300"), "ping", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("300 ms (initTimeout)");
    await().untilAtomic(server.abandoned, is(1));
  }

  @Test
  void a_server_that_never_takes_the_end_of_the_handshake_is_given_up() throws Exception {
    server.onNotification = (request, message) -> {};
    McpFailure failure = calls.failure(uri("initTimeout=300"), "ping", "{}");
    assertThat(failure).hasMessageContaining("300 ms (initTimeout)");
    await().until(() -> server.requests("DELETE").size() == 1);
    await().untilAtomic(server.abandoned, is(1));
  }

  @Test
  void a_handshake_that_ends_too_late_leaves_nothing_behind() throws Exception {
    server.capabilities = "{\"logging\":{}}";
    server.sessionId = "";
    CompletableFuture<HttpServerRequest> initialized = new CompletableFuture<>();
    server.onInitialize =
        (request, message) -> vertx.setTimer(1_000, late -> server.initialize(request, message));
    server.onNotification = (request, message) -> initialized.complete(request);
    McpFailure failure = calls.failure(uri("initTimeout=2000"), "ping", "{}");
    assertThat(failure).hasMessageContaining("2000 ms (initTimeout)");
    ScriptedHttp.status(initialized.get(20, TimeUnit.SECONDS), 202);

    server.onInitialize = server::initialize;
    server.onNotification = (request, message) -> ScriptedHttp.status(request, 202);
    server.capabilities = "{}";
    assertThat(calls.result(uri(), "ping", "{}")).isEqualTo("{}");
    assertThat(server.requests("GET")).isEmpty();
  }

  @Test
  void a_refused_handshake_says_why() throws Exception {
    server.onInitialize = (request, message) -> ScriptedHttp.status(request, 500);
    McpFailure failure = calls.failure(uri(), "ping", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("answered HTTP 500");
  }

  @Test
  void nobody_listening_names_host_and_port_only() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    McpFailure failure =
        calls.failure(uriOf("http://127.0.0.1:" + port + "/path%3Fkey=secret"), "ping", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure)
        .hasMessage(
            "Server 'weather': no connection: 127.0.0.1:%d refuses connections, or nothing listens"
                + " there",
            port);
  }

  @Test
  void a_tool_call_whose_connection_breaks_is_never_repeated() throws Exception {
    RawHttp raw = new RawHttp(vertx);
    raw.onCall = (socket, message) -> socket.close();
    McpFailure failure = calls.failure(uriOf(raw.url()), "tools/call", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
    assertThat(raw.count("tools/call")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "tools/list", "resources/read", "prompts/get"})
  void what_can_be_asked_twice_is_asked_again_once_when_its_connection_breaks(String method)
      throws Exception {
    RawHttp raw = new RawHttp(vertx);
    raw.onCall =
        (socket, message) -> {
          raw.onCall = raw::echo;
          socket.close();
        };
    assertThat(calls.result(uriOf(raw.url()), method, "{}")).isEqualTo("{}");
    raw.onCall = (socket, message) -> socket.close();
    assertThat(calls.failure(uriOf(raw.url()), method, "{}").kind())
        .isEqualTo(Kind.CONNECTION_LOST);
    assertThat(raw.count(method)).isEqualTo(4);
  }

  @Test
  void a_server_that_closes_every_connection_behind_its_answer_is_called_all_the_same()
      throws Exception {
    RawHttp raw = new RawHttp(vertx);
    raw.onCall =
        (socket, message) -> {
          raw.echo(socket, message);
          socket.close();
        };
    for (int i = 0; i < 50; i++) {
      assertThat(calls.result(uriOf(raw.url()), "ping", "{}")).isEqualTo("{}");
    }
  }

  @Test
  void an_answer_that_breaks_off_loses_the_call() throws Exception {
    RawHttp raw = new RawHttp(vertx);
    raw.onCall =
        (socket, message) ->
            socket
                .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"jsonrpc\"")
                .onSuccess(none -> socket.close());
    McpFailure failure = calls.failure(uriOf(raw.url()), "ping", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
    assertThat(failure).hasMessageContaining("in the middle of its answer");
    assertThat(raw.count("ping")).isEqualTo(1);
  }

  @Test
  void what_is_no_http_loses_the_call() throws Exception {
    RawHttp raw = new RawHttp(vertx);
    raw.onCall = (socket, message) -> socket.write("220 mail.example ready\r\n\r\n");
    assertThat(calls.failure(uriOf(raw.url()), "tools/call", "{}").kind())
        .isEqualTo(Kind.CONNECTION_LOST);
  }

  @ParameterizedTest
  @CsvSource({
    "header.Host=x, the header Host cannot be set",
    "header.X-Key=a%0D%0AEvil:%20b, the header X-Key has a control character",
    "header.X-Key=%E2%82%AC, the header X-Key has a control character or one beyond Latin-1",
    "header.X%20Y=a, a header's name has characters that no header may have",
    "proxy=ftp://127.0.0.1, its proxy must begin with"
  })
  void options_that_cannot_work_are_refused(String option, String why) throws Exception {
    McpFailure failure = calls.failure(uri(option), "ping", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.NOT_CONFIGURED);
    assertThat(failure).hasMessageContaining(why);
    assertThat(server.requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "socks5"})
  void calls_go_through_a_proxy(String kind) throws Exception {
    TunnelProxy proxy = new TunnelProxy(vertx);
    String uri = uri("proxy=" + kind + "://127.0.0.1:" + proxy.port());
    assertThat(calls.result(uri, "ping", "{}")).isEqualTo("{}");
    assertThat(proxy.heads()).isNotEmpty().allMatch(head -> head.contains("" + server.port()));
  }

  @ParameterizedTest
  @CsvSource({
    "ip:127.0.0.1, true, true",
    "dns:elsewhere, true, false",
    "ip:127.0.0.1, false, false"
  })
  void the_servers_certificate_must_be_trusted_and_name_its_host(
      String name, boolean trusted, boolean accepted, @TempDir Path dir) throws Exception {
    Path store = Certificates.keyStore(dir, name);
    PfxOptions key = new PfxOptions().setPath(store.toString()).setPassword(Certificates.PASSWORD);
    ScriptedHttp tls =
        new ScriptedHttp(vertx, new HttpServerOptions().setSsl(true).setKeyCertOptions(key));
    context.getRegistry().bind("trusting", Certificates.trusting(store));
    String url = tls.url().replace("http:", "https:");
    String uri = trusted ? uriOf(url, "sslContextParameters=#trusting") : uriOf(url);
    if (accepted) {
      assertThat(calls.result(uri, "ping", "{}")).isEqualTo("{}");
    } else {
      assertThat(calls.failure(uri, "ping", "{}"))
          .hasMessageContaining("its certificate or host name is not trusted");
    }
  }

  @Test
  void a_server_without_tls_is_told_apart_from_one_that_is_not_trusted() throws Exception {
    String uri = uriOf(server.url().replace("http:", "https:"));

    assertThat(calls.failure(uri, "ping", "{}"))
        .hasMessageContaining("it does not speak TLS there")
        .hasMessageNotContaining("not trusted");
  }
}
