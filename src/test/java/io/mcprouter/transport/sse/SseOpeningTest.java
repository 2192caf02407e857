package io.mcprouter.transport.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.mcprouter.transport.Certificates;
import io.mcprouter.transport.TunnelProxy;
import io.mcprouter.transport.spi.McpFailure;
import io.mcprouter.transport.spi.McpFailure.Kind;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a stream is opened: where messages go, what is refused, by which way. */
class SseOpeningTest extends SseFixture {
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
    "400, answered HTTP 400: are the type and the path right?",
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

  @Test
  void a_refused_initialize_is_told_at_once() throws Exception {
    server.onInitialize = (request, message) -> request.response().setStatusCode(403).end();
    McpFailure failure = calls.failure(uri(), "ping", "{}");
    assertThat(failure).hasMessageContaining("refuses the credentials (HTTP 403)");
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
