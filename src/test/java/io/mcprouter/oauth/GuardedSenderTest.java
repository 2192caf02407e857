package io.mcprouter.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import io.mcprouter.oauth.GuardedSenderException.Reason;
import io.mcprouter.protocol.AllowedAddress;
import io.mcprouter.transport.Certificates;
import io.mcprouter.transport.spi.AddressPolicy;
import io.mcprouter.transport.spi.AddressRules;
import io.mcprouter.transport.spi.Destination;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.PfxOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The sender against hosts that mean no good. */
class GuardedSenderTest {
  private static final GuardedSenderLimits LIMITS =
      new GuardedSenderLimits(Duration.ofSeconds(2), Duration.ofSeconds(3), 64 << 10);
  private static final AddressRules THIS_MACHINE =
      AddressRules.of(List.of(), List.of(AllowedAddress.parse("127.0.0.0/8"))).forUserServers();

  private final Vertx vertx = Vertx.vertx();
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final List<HttpServerRequest> requests = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final AtomicInteger abandoned = new AtomicInteger();
  private volatile Handler<HttpServerRequest> answer = request -> json(request, "{}");
  private HttpServer server;
  private GuardedSender sender;

  @BeforeEach
  void start() {
    camel.start();
    server =
        vertx
            .createHttpServer()
            .requestHandler(this::handle)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    sender = sender(THIS_MACHINE);
  }

  private GuardedSender sender(AddressPolicy policy) {
    return new GuardedSender(camel, policy, LIMITS, null);
  }

  @AfterEach
  void stop() {
    sender.close();
    camel.stop();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void handle(HttpServerRequest request) {
    requests.add(request);
    request.response().exceptionHandler(gone -> {});
    request.response().closeHandler(gone -> abandoned.incrementAndGet());
    request.bodyHandler(
        body -> {
          bodies.add(body.toString());
          answer.handle(request);
        });
  }

  private static void json(HttpServerRequest request, String body) {
    request.response().putHeader("Content-Type", "application/json").end(body);
  }

  private URI url() {
    return url("127.0.0.1");
  }

  private URI url(String host) {
    return URI.create("http://" + host + ":" + server.actualPort() + "/token?tenant=a%2Fb");
  }

  private GuardedSenderException failure(GuardedSender asked, URI url) {
    return catchThrowableOfType(GuardedSenderException.class, () -> asked.get(url));
  }

  @Test
  void a_request_of_the_library_goes_out_and_its_answer_comes_back_as_they_are() throws Exception {
    answer =
        request -> {
          request.response().setStatusCode(401).putHeader("WWW-Authenticate", "Bearer a=\"b\"");
          request.response().putHeader("Set-Cookie", "session=1");
          json(request, "{\"error\":\"ü\"}");
        };
    HTTPRequest request = new HTTPRequest(HTTPRequest.Method.POST, url());
    request.setHeader("Authorization", "Basic abc");
    request.setHeader("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
    request.setBody("grant_type=refresh_token&refresh_token=r%C3%BC");
    HTTPResponse response = request.send(sender.with(Map.of("X-Tenant", "t")));
    assertThat(response.getStatusCode()).isEqualTo(401);
    assertThat(response.getWWWAuthenticate()).isEqualTo("Bearer a=\"b\"");
    assertThat(response.getBodyAsJSONObject()).containsEntry("error", "ü");
    HttpServerRequest seen = requests.getFirst();
    assertThat(seen.method().name()).isEqualTo("POST");
    assertThat(seen.uri()).isEqualTo("/token?tenant=a%2Fb");
    assertThat(seen.getHeader("Authorization")).isEqualTo("Basic abc");
    assertThat(seen.getHeader("X-Tenant")).isEqualTo("t");
    assertThat(seen.getHeader("Content-Type")).startsWith("application/x-www-form-urlencoded");
    assertThat(bodies).containsExactly("grant_type=refresh_token&refresh_token=r%C3%BC");
    sender.get(url());
    assertThat(requests.getLast().headers().contains("Cookie")).isFalse();
    assertThat(requests.getLast().headers().contains("X-Tenant")).isFalse();
    assertThat(requests.getLast().getHeader("Accept")).isEqualTo("application/json");
    assertThat(requests.getLast().headers().contains("Accept-Encoding")).isFalse();
  }

  @Test
  void a_redirect_is_an_answer() throws Exception {
    answer =
        request ->
            request.response().setStatusCode(302).putHeader("Location", "http://127.0.0.1/").end();
    ReadOnlyHTTPResponse response = sender.get(url());
    assertThat(response.getStatusCode()).isEqualTo(302);
    assertThat(requests).hasSize(1);
  }

  @Test
  void an_endless_body_is_cut_off_and_not_drained() {
    answer =
        request -> {
          HttpServerResponse stream = request.response().setChunked(true);
          stream.putHeader("Content-Type", "application/json");
          endless(stream);
        };
    GuardedSenderException failure = failure(sender, url());
    assertThat(failure.reason()).isEqualTo(Reason.UNUSABLE);
    assertThat(failure).hasMessageContaining("answers with more than 65536 bytes");
    await().untilAtomic(abandoned, org.hamcrest.Matchers.is(1));
  }

  private static void endless(HttpServerResponse stream) {
    stream.write(Buffer.buffer(new byte[8 << 10])).onSuccess(none -> endless(stream));
  }

  @Test
  void a_slow_drip_ends_at_the_total_limit() {
    answer =
        request -> {
          HttpServerResponse stream = request.response().setChunked(true);
          vertx.setPeriodic(100, timer -> stream.write(" "));
        };
    GuardedSenderException failure = failure(sender, url());
    assertThat(failure.reason()).isEqualTo(Reason.NETWORK);
    assertThat(failure).hasMessageContaining("did not answer in time");
    await().untilAtomic(abandoned, org.hamcrest.Matchers.is(1));
  }

  @Test
  void what_is_compressed_is_refused_before_it_is_opened() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bomb)) {
      zip.write(new byte[16 << 20]);
    }
    answer =
        request ->
            request
                .response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Content-Encoding", "gzip")
                .end(Buffer.buffer(bomb.toByteArray()));
    assertThat(failure(sender, url()).reason()).isEqualTo(Reason.UNUSABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/token", "http://10.0.0.1/token", "ftp://127.0.0.1/token",
        "file:///etc/passwd", "https://user:password@example.com/", "javascript:alert(1)"
      })
  void only_https_goes_beyond_this_machine(String url) {
    GuardedSender open = sender(AddressPolicy.OPEN);
    GuardedSenderException failure = failure(open, URI.create(url));
    open.close();
    assertThat(failure.reason()).isEqualTo(Reason.FORBIDDEN);
    assertThat(failure.getMessage()).doesNotContain("password");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]"})
  void this_machine_is_asked_only_where_the_policy_lets_it(String host) {
    GuardedSender strict = sender(AddressRules.of(List.of(), List.of()).forUserServers());
    GuardedSenderException failure = failure(strict, url(host));
    strict.close();
    assertThat(failure.reason()).isEqualTo(Reason.FORBIDDEN);
    assertThat(requests).isEmpty();
  }

  @Test
  void a_name_is_judged_where_it_is_connected_to() {
    Rebinding names = new Rebinding();
    GuardedSender strict = sender(names);
    URI url = URI.create("https://rebound.example.com:" + server.actualPort() + "/");
    assertThat(failure(strict, url).reason()).isEqualTo(Reason.NETWORK);
    assertThat(failure(strict, url).reason()).isEqualTo(Reason.FORBIDDEN);
    assertThat(failure(strict, url)).hasMessageContaining("leads to a loopback address");
    strict.close();
    assertThat(names.asked).hasValue(3);
    assertThat(requests).isEmpty();
  }

  @Test
  void tls_is_checked_against_the_name(@TempDir Path dir) throws Exception {
    Path store = Certificates.keyStore(dir, "dns:localhost");
    PfxOptions key = new PfxOptions().setPath(store.toString()).setPassword(Certificates.PASSWORD);
    HttpServer secure =
        vertx
            .createHttpServer(new HttpServerOptions().setSsl(true).setKeyCertOptions(key))
            .requestHandler(this::handle)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    SSLContext tls = Certificates.trusting(store).createSSLContext(camel);
    GuardedSender trusting = new GuardedSender(camel, THIS_MACHINE, LIMITS, tls);
    String port = ":" + secure.actualPort() + "/";
    assertThat(trusting.get(URI.create("https://localhost" + port)).getStatusCode()).isEqualTo(200);
    assertThat(failure(trusting, URI.create("https://127.0.0.1" + port)))
        .hasMessageContaining("is not trusted");
    assertThat(failure(sender, URI.create("https://localhost" + port)))
        .hasMessageContaining("is not trusted");
    trusting.close();
    assertThat(requests).hasSize(1);
  }

  @Test
  void nothing_that_is_sent_or_answered_is_logged_at_any_level() throws Exception {
    answer = request -> json(request, "{\"access_token\":\"canary-answer\"}");
    HTTPRequest request = new HTTPRequest(HTTPRequest.Method.POST, url());
    request.setHeader("Authorization", "Basic canary-header");
    request.setHeader("Content-Type", "application/x-www-form-urlencoded");
    request.setBody("refresh_token=canary-body");
    List<String> lines = logged(() -> request.send(sender.with(Map.of("X-Key", "canary-own"))));
    assertThat(lines).isNotEmpty().noneMatch(line -> line.contains("canary"));
  }

  private static List<String> logged(Sending sending) throws IOException {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    List<Logger> loggers =
        Stream.of("org.apache.hc", "org.apache.camel", "io.mcprouter", "com.nimbusds")
            .map(name -> (Logger) LoggerFactory.getLogger(name))
            .toList();
    loggers.forEach(
        logger -> {
          logger.setLevel(Level.TRACE);
          logger.setAdditive(false);
          logger.addAppender(lines);
        });
    try {
      sending.run();
    } finally {
      loggers.forEach(
          logger -> {
            logger.detachAppender(lines);
            logger.setAdditive(true);
            logger.setLevel(null);
          });
    }
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  /** Sends something. */
  private interface Sending {
    void run() throws IOException;
  }

  @Test
  void what_fails_on_the_network_is_told_from_what_is_refused() throws IOException {
    int port;
    try (java.net.ServerSocket free = new java.net.ServerSocket(0)) {
      port = free.getLocalPort();
    }
    GuardedSenderException failure =
        failure(sender, URI.create("http://127.0.0.1:" + port + "/secret"));
    assertThat(failure.reason()).isEqualTo(Reason.NETWORK);
    assertThat(failure).hasMessageContaining("127.0.0.1:" + port);
    assertThat(failure.getMessage()).doesNotContain("secret");
  }

  /** A name that leads outside at first (where nothing listens), and to this machine later. */
  private static final class Rebinding implements AddressPolicy {
    private final AddressRules rules = AddressRules.of(List.of(), List.of()).forUserServers();
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public Ruling judge(Destination destination) {
      return rules.judge(destination);
    }

    @Override
    public @Nullable String refusal(Destination destination, InetAddress address) {
      return asked.get() == 1 ? null : rules.refusal(destination, address);
    }

    /** 127.1.1.1 stands for the public address: a test sends nothing out. */
    @Override
    public List<InetAddress> lookUp(String host) {
      String address = asked.incrementAndGet() == 1 ? "127.1.1.1" : "127.0.0.1";
      return List.of(InetAddress.ofLiteral(address));
    }
  }
}
