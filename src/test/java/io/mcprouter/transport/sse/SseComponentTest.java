package io.mcprouter.transport.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Caller;
import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.Calls;
import io.mcprouter.transport.Certificates;
import io.mcprouter.transport.ErrorLog;
import io.mcprouter.transport.TunnelProxy;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpClient;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.McpFailure.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PfxOptions;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SseComponentTest {
  private final Vertx vertx = Vertx.vertx();
  private final DefaultCamelContext context = new DefaultCamelContext();
  private ScriptedSse server;
  private Calls calls;

  @BeforeEach
  void start() {
    server = new ScriptedSse(vertx);
    context.start();
    calls = new Calls(context);
  }

  @AfterEach
  void stop() {
    context.stop();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private String uri(String... options) {
    return uriOf(server.url(), options);
  }

  private static String uriOf(String url, String... options) {
    return "mcp-sse:weather?url="
        + url
        + (options.length == 0 ? "" : "&")
        + String.join("&", options);
  }

  @Test
  void a_call_goes_out_as_post_and_comes_back_on_the_stream() throws Exception {
    String uri = uri("header.X-Key=secret");
    assertThat(calls.result(uri, "tools/call", "{\"name\":\"echo\"}"))
        .isEqualTo("{\"name\":\"echo\"}");

    HttpServerRequest get = server.requests.getFirst();
    assertThat(get.getHeader("Accept")).isEqualTo("text/event-stream");
    assertThat(get.getHeader("Cache-Control")).isEqualTo("no-cache");
    assertThat(server.requests).allMatch(request -> "secret".equals(request.getHeader("X-Key")));
    assertThat(server.requests.subList(1, 4))
        .allMatch(post -> post.uri().equals("/messages?session=1"))
        .allMatch(post -> "application/json".equals(post.getHeader("Content-Type")));
    assertThat(methods()).containsExactly("initialize", "notifications/initialized", "tools/call");
  }

  private List<String> methods() {
    return server.messages.stream().map(message -> message.getString("method")).toList();
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
    assertThat(server.streams).hasSize(1);
  }

  @Test
  void the_servers_name_may_need_encoding() throws Exception {
    String uri = "mcp-sse:my%20server+1?url=" + server.url();
    server.onCall = (request, message) -> request.response().setStatusCode(400).end();
    assertThat(calls.failure(uri, "tools/list", "{}")).hasMessageContaining("'my server+1'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/messages?x=1",
        "messages?x=1",
        "?x=1",
        "//127.0.0.1:PORT/m",
        "http://127.0.0.1:PORT/m"
      })
  void the_endpoint_may_be_relative(String endpoint) throws Exception {
    server.onStream = request -> server.open(request, endpoint.replace("PORT", "" + server.port()));
    assertThat(calls.result(uri(), "ping", "{}")).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:1/m",
        "//localhost/m",
        "https://127.0.0.1:PORT/m",
        "http://127.0.0.1:PORT@localhost/m",
        "http://localhost:PORT/m"
      })
  void an_endpoint_of_another_origin_is_refused(String endpoint) throws Exception {
    server.onStream = request -> server.open(request, endpoint.replace("PORT", "" + server.port()));
    McpFailure failure = calls.failure(uri(), "ping", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL_VIOLATION);
    assertThat(failure).hasMessageContaining("names another origin");
    assertThat(server.messages).isEmpty();
    await().untilAtomic(server.closedStreams, is(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http://[/", "\\\\evil\\m", "mailto:x", "http://h:port/"})
  void an_endpoint_that_is_no_url_is_refused(String endpoint) throws Exception {
    server.onStream = request -> server.open(request, endpoint);
    assertThat(calls.failure(uri(), "ping", "{}").kind()).isEqualTo(Kind.PROTOCOL_VIOLATION);
  }

  @ParameterizedTest
  @CsvSource({
    "401, refuses the credentials (HTTP 401)",
    "404, has nothing at the path of url (HTTP 404)",
    "500, answered HTTP 500",
    "307, redirects (HTTP 307)"
  })
  void a_stream_that_is_refused_says_why(int status, String why) throws Exception {
    server.onStream =
        request ->
            request
                .response()
                .setStatusCode(status)
                .putHeader("Location", server.url() + "2")
                .end("secret");
    McpFailure failure = calls.failure(uri(), "ping", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure)
        .hasMessageContaining("127.0.0.1:" + server.port())
        .hasMessageContaining(why);
    assertThat(failure.getMessage()).doesNotContain("secret").doesNotContain("/sse");
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void an_answer_that_is_no_event_stream_is_refused() throws Exception {
    server.onStream = request -> request.response().end("<html>");
    assertThat(calls.failure(uri(), "ping", "{}")).hasMessageContaining("sends no event stream");
  }

  @Test
  void a_server_that_never_names_its_endpoint_is_given_up() throws Exception {
    server.onStream = request -> server.begin(request).write(": wait\n\n");
    McpFailure failure = calls.failure(uri("initTimeout=300"), "ping", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("300 ms (initTimeout)");
    await().untilAtomic(server.closedStreams, is(1));
  }

  @Test
  void nobody_listening_names_host_and_port_only() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String url = "http://127.0.0.1:" + port + "/path?key=secret".replace("?", "%3F");
    McpFailure failure = calls.failure(uriOf(url), "ping", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure)
        .hasMessage(
            "Server 'weather': no connection: 127.0.0.1:%d refuses connections, or nothing listens"
                + " there",
            port);
  }

  @Test
  void an_unknown_host_is_named() throws Exception {
    McpFailure failure = calls.failure(uriOf("http://nowhere.invalid/sse"), "ping", "{}");
    assertThat(failure).hasMessageContaining("the name of nowhere.invalid:80 cannot be resolved");
  }

  @ParameterizedTest
  @CsvSource({
    "400, UNAVAILABLE",
    "401, UNAVAILABLE",
    "503, UNAVAILABLE",
    "500, CONNECTION_LOST",
    "302, UNAVAILABLE"
  })
  void a_post_that_is_refused_fails_its_call_alone_and_at_once(int status, Kind kind)
      throws Exception {
    CompletableFuture<JsonObject> slow = new CompletableFuture<>();
    server.onCall =
        (request, message) -> {
          if (message.getString("method").equals("slow")) {
            server.accept(request);
            slow.complete(message);
          } else {
            request
                .response()
                .setStatusCode(status)
                .putHeader("Location", "/elsewhere")
                .end("why: secret");
          }
        };
    CompletableFuture<Exchange> other = calls.start(uri(), "slow", "{}");
    McpFailure failure = calls.failure(uri(), "bad", "{}");
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageContaining("HTTP " + status);
    assertThat(failure.getMessage()).doesNotContain("secret");
    server.reply(slow.join(), "{}");
    assertThat(Calls.result(other)).isEqualTo("{}");
  }

  @Test
  void a_post_without_an_answer_fails_its_call_alone() throws Exception {
    server.onCall = (request, message) -> request.connection().close();
    McpFailure failure = calls.failure(uri(), "bad", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
    server.onCall = server::echo;
    assertThat(calls.result(uri(), "ping", "{}")).isEqualTo("{}");
    assertThat(server.streams).hasSize(1);
  }

  @Test
  void a_session_that_the_server_forgot_is_opened_again_and_the_call_repeated() throws Exception {
    server.onCall =
        (request, message) -> {
          server.onCall = server::echo;
          request.response().setStatusCode(404).end("Could not find session");
        };
    assertThat(calls.result(uri(), "ping", "{\"a\":1}")).isEqualTo("{\"a\":1}");
    assertThat(server.streams).hasSize(2);
    await().untilAtomic(server.closedStreams, is(1));
  }

  @Test
  void a_refused_initialize_is_told_at_once() throws Exception {
    server.onInitialize = (request, message) -> request.response().setStatusCode(403).end();
    McpFailure failure = calls.failure(uri(), "ping", "{}");
    assertThat(failure).hasMessageContaining("refuses the credentials (HTTP 403)");
  }

  @Test
  void the_end_of_the_stream_fails_what_is_open_and_the_next_call_connects_anew() throws Exception {
    server.onCall =
        (request, message) -> {
          server.accept(request);
          server.stream().end();
        };
    McpFailure failure = calls.failure(uri(), "slow", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
    assertThat(failure).hasMessageContaining("the server ended the event stream");
    server.onCall = server::echo;
    assertThat(calls.result(uri(), "ping", "{}")).isEqualTo("{}");
  }

  @Test
  void a_stream_that_breaks_fails_what_is_open() throws Exception {
    server.onCall = (request, message) -> server.stream().reset();
    assertThat(calls.failure(uri(), "slow", "{}").kind()).isEqualTo(Kind.CONNECTION_LOST);
  }

  @Test
  void an_endless_event_ends_the_wire() throws Exception {
    server.onCall =
        (request, message) -> {
          server.accept(request);
          endless(server.stream().write("data: "));
        };
    McpFailure failure = calls.failure(uri("maxMessageBytes=100000"), "slow", "{}");
    assertThat(failure.kind()).isEqualTo(Kind.LIMIT_REACHED);
    assertThat(failure).hasMessageContaining("an event has more than 100000 bytes");
    await().untilAtomic(server.closedStreams, is(1));
  }

  private void endless(Future<Void> written) {
    written.onSuccess(none -> endless(server.stream().write("x".repeat(8192))));
  }

  @Test
  void a_stream_that_comes_byte_by_byte_is_read() throws Exception {
    server.onCall =
        (request, message) -> {
          server.accept(request);
          String event =
              ": é\r\ndata: {\"jsonrpc\":\"2.0\",\r\ndata: \"id\":"
                  + message.getValue("id")
                  + ",\"result\":\"😀\"}\r\n\r\n";
          byteByByte(server.stream(), event.getBytes(StandardCharsets.UTF_8), 0);
        };
    assertThat(calls.result(uri(), "ping", "{}")).isEqualTo("\"😀\"");
  }

  private static void byteByByte(HttpServerResponse stream, byte[] bytes, int at) {
    if (at < bytes.length) {
      stream
          .write(Buffer.buffer(new byte[] {bytes[at]}))
          .onSuccess(none -> byteByByte(stream, bytes, at + 1));
    }
  }

  @Test
  void what_is_no_message_is_skipped() throws Exception {
    server.onCall =
        (request, message) -> {
          server.accept(request);
          server.stream().write(": ping\n\nevent: other\ndata: {}\n\nid: 3\n\nretry: 1\n\n");
          server.stream().write("event: endpoint\ndata: http://localhost/evil\n\n");
          server.event("no json");
          server.event("[]");
          server.stream()
              .write(
                  "data: {\"jsonrpc\":\"2.0\",\"id\":"
                      + message.getValue("id")
                      + ",\"result\":{\"n\":1.10}}\n\n");
        };
    assertThat(calls.result(uri(), "ping", "{}")).isEqualTo("{\"n\":1.10}");
  }

  @Test
  void a_server_that_answers_posts_late_does_not_hold_up_other_calls() throws Exception {
    List<Runnable> late = new ArrayList<>();
    server.onCall =
        (request, message) -> {
          if (message.getString("method").equals("slow")) {
            late.add(() -> server.echo(request, message));
          } else {
            server.echo(request, message);
          }
        };
    CompletableFuture<Exchange> slow = calls.start(uri(), "slow", "{\"slow\":1}");
    assertThat(calls.result(uri(), "ping", "{}")).isEqualTo("{}");
    assertThat(slow).isNotDone();
    await().until(() -> late.size() == 1);
    late.getFirst().run();
    assertThat(Calls.result(slow)).isEqualTo("{\"slow\":1}");
  }

  @Test
  void unanswered_posts_hold_up_neither_cancellations_nor_answers() throws Exception {
    server.onCall =
        (request, message) -> {
          if (message.getString("method") == null) {
            server.accept(request);
          }
        };
    List<McpCall> open = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      open.add(startCall());
    }
    await().until(() -> count("tools/call") == 64);
    server.event("{\"id\":\"p\",\"method\":\"ping\"}");
    open.getFirst().cancel(McpFailure.cancelled("weather", "by the client"));
    await().until(() -> count("notifications/cancelled") == 1 && count("reply") == 1);
    assertThat(count("tools/call")).isEqualTo(64);
  }

  @Test
  void what_is_cancelled_before_it_was_sent_is_never_sent() throws Exception {
    List<Runnable> late = new CopyOnWriteArrayList<>();
    server.onCall = (request, message) -> late.add(() -> server.echo(request, message));
    List<McpCall> open = new ArrayList<>();
    for (int i = 0; i < 66; i++) {
      open.add(startCall());
    }
    await().until(() -> late.size() == 64);
    open.forEach(call -> call.cancel(McpFailure.cancelled("weather", "by the client")));
    await().until(() -> count("notifications/cancelled") == 64);
    late.forEach(Runnable::run);
    server.onCall = server::echo;
    assertThat(calls.result(uri(), "ping", "{}")).isEqualTo("{}");
    assertThat(count("tools/call")).isEqualTo(64);
    assertThat(count("notifications/cancelled")).isEqualTo(64);
  }

  private McpCall startCall() {
    McpCall call = new McpCall(Caller.APPLICATION, McpClient.NONE, CallStream.NONE);
    context
        .createProducerTemplate()
        .asyncSend(
            uri(),
            exchange -> {
              exchange.setProperty(McpCall.PROPERTY, call);
              exchange.getMessage().setBody(Frame.of("{\"id\":1,\"method\":\"tools/call\"}"));
            });
    return call;
  }

  private long count(String method) {
    return server.messages.stream()
        .filter(message -> message.getString("method", "reply").equals(method))
        .count();
  }

  @Test
  void several_messages_in_one_event_are_taken_apart() throws Exception {
    server.onCall =
        (request, message) -> {
          server.accept(request);
          server.event(
              "[{\"method\":\"notifications/message\"},{\"jsonrpc\":\"2.0\",\"id\":"
                  + message.getValue("id")
                  + ",\"result\":{\"n\":1.10}}]");
        };
    assertThat(calls.result(uri(), "ping", "{}")).isEqualTo("{\"n\":1.10}");
  }

  @Test
  void a_server_that_goes_is_no_error_in_the_log() throws Exception {
    try (ErrorLog log = new ErrorLog()) {
      server.onCall = (request, message) -> {};
      CompletableFuture<Exchange> call = calls.start(uri(), "tools/call", "{}");
      await().until(() -> count("tools/call") == 1);
      server.stream().reset();
      assertThat(Calls.failure(call).kind()).isEqualTo(Kind.CONNECTION_LOST);
      calls.start(uri(), "tools/call", "{}");
      await().until(() -> count("tools/call") == 2);
      context.stop();
      await().until(() -> server.stream().closed());
      assertThat(log.errors()).isEmpty();
    }
  }

  @Test
  void more_than_may_wait_is_refused() throws Exception {
    String large = "{\"a\":\"" + "x".repeat(3000) + "\"}";
    McpFailure failure = calls.failure(uri("maxQueuedBytes=2000"), "ping", large);
    assertThat(failure.kind()).isEqualTo(Kind.LIMIT_REACHED);
  }

  @Test
  void the_end_of_the_endpoint_closes_its_stream() throws Exception {
    calls.result(uri(), "ping", "{}");
    context.getEndpoint(uri()).stop();
    await().untilAtomic(server.closedStreams, is(1));
  }

  @ParameterizedTest
  @CsvSource({
    "header.Host=x, the header Host cannot be set",
    "header.Transfer-Encoding=chunked, the header Transfer-Encoding cannot be set",
    "header.X-Key=a%0D%0AEvil, the header X-Key has a control character",
    "header.X-Key=%E2%82%AC, the header X-Key has a control character or one beyond Latin-1",
    "proxy=ftp://127.0.0.1, its proxy must begin with",
    "proxy=https://127.0.0.1, its proxy must begin with"
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

  @Test
  void tls_is_verified_unless_parameters_trust_the_server(@TempDir Path dir) throws Exception {
    Path store = Certificates.keyStore(dir, "ip:127.0.0.1");
    String url = "https://127.0.0.1:" + tls(store).port() + "/sse";
    assertThat(calls.failure(uriOf(url), "ping", "{}"))
        .hasMessageContaining("its certificate or host name is not trusted");
    context.getRegistry().bind("trusting", Certificates.trusting(store));
    String trusting = uriOf(url, "sslContextParameters=#trusting");
    assertThat(calls.result(trusting, "ping", "{}")).isEqualTo("{}");
  }

  @Test
  void a_trusted_certificate_for_another_host_is_refused(@TempDir Path dir) throws Exception {
    Path store = Certificates.keyStore(dir, "dns:elsewhere");
    String url = "https://127.0.0.1:" + tls(store).port() + "/sse";
    context.getRegistry().bind("trusting", Certificates.trusting(store));
    assertThat(calls.failure(uriOf(url, "sslContextParameters=#trusting"), "ping", "{}"))
        .hasMessageContaining("its certificate or host name is not trusted");
  }

  private ScriptedSse tls(Path store) {
    PfxOptions key = new PfxOptions().setPath(store.toString()).setPassword(Certificates.PASSWORD);
    return new ScriptedSse(vertx, new HttpServerOptions().setSsl(true).setKeyCertOptions(key));
  }
}
