package io.mcprouter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.auth.Endpoint;
import io.mcprouter.testkit.auth.IssuedToken;
import io.mcprouter.testkit.auth.RegisteredClient;
import io.mcprouter.testkit.auth.ScriptedAuthorizationServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The route and the settings of the page, as they stand there, in a whole router. */
class ProtectRoutesTest {
  private static final Path PAGE = Path.of("docs/how-to/protect-routes.md");

  private final ScriptedAuthorizationServer issuer = ScriptedAuthorizationServer.start("/staff");
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer service;
  private RouterUnderTest router;
  private int port;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    issuer.add(RegisteredClient.withSecret("ticket-router", "s3cr3t", "client_secret_basic"));
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext("/open", this::serve);
    service.start();
    port = freePort();
    List<Block> blocks = Pages.blocks(PAGE);
    Path route = directory.resolve("tickets.camel.yaml");
    Files.writeString(
        route,
        replaced(blocks.get(0).text(), "127.0.0.1:8092", "127.0.0.1:" + port)
            .replace(
                "https://tickets.example.com",
                "http://127.0.0.1:" + service.getAddress().getPort()));
    Path settings = directory.resolve("settings.yaml");
    Files.writeString(
        settings,
        replaced(blocks.get(1).text(), "https://login.example.com/realms/staff", issuer.issuer()));
    router =
        RouterUnderTest.start(
            new ServersFile(),
            "spring.config.additional-location=file:" + settings,
            "TICKETS_CLIENT_SECRET=s3cr3t",
            "mcp-router.routes.directory=" + directory);
  }

  @AfterEach
  void stop() {
    if (router != null) {
      router.close();
    }
    service.stop(0);
    issuer.close();
  }

  private static String replaced(String text, String what, String by) {
    assertThat(text).contains(what);
    return text.replace(what, by);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The protected service: it takes tokens of the route's client with the right scope. */
  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String authorization =
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
      asked.add(authorization);
      boolean mayRead =
          issuer
              .valid(authorization.replaceFirst("^Bearer ", ""))
              .filter(token -> token.clientId().equals("ticket-router"))
              .map(IssuedToken::scopes)
              .filter(scopes -> scopes.contains("tickets:read"))
              .isPresent();
      String user = exchange.getRequestHeaders().getFirst("X-For-User");
      byte[] answer = ("tickets of " + user).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(mayRead ? 200 : 401, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private HttpResponse<String> call(String... headers) throws Exception {
    return get("/tickets", headers);
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(30));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static void assertChallenged(HttpResponse<String> refused, int status, String challenge) {
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
    assertThat(refused.headers().firstValue("WWW-Authenticate").orElse("")).startsWith(challenge);
    assertThat(refused.headers().firstValue("Authorization")).isEmpty();
  }

  @Test
  void the_route_serves_whom_the_provider_knows_and_asks_the_service_for_itself() throws Exception {
    String token = issuer.accessToken("ada", "tickets-route");
    HttpResponse<String> answer = call("Authorization", "Bearer " + token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("tickets of ada");
    assertThat(answer.headers().map()).doesNotContainKeys("authorization", "x-for-user");
    assertThat(call("Authorization", "Bearer " + token).statusCode()).isEqualTo(200);
    assertThat(asked).hasSize(2).allSatisfy(seen -> assertThat(seen).doesNotContain(token));
    assertThat(issuer.tokenRequests("client_credentials")).hasSize(1);
  }

  @Test
  void nobody_else_gets_through() throws Exception {
    assertChallenged(call(), 401, "Bearer");
    assertChallenged(call("Authorization", "Bearer a b"), 400, "Bearer error=\"invalid_request\"");
    assertChallenged(
        call("Authorization", "Bearer nonsense"), 401, "Bearer error=\"invalid_token\"");
    String elsewhere = issuer.accessToken("ada", "billing");
    assertChallenged(
        call("Authorization", "Bearer " + elsewhere), 401, "Bearer error=\"invalid_token\"");
    String good = issuer.accessToken("ada", "tickets-route");
    assertChallenged(
        call("Authorization", "Bearer " + good, "Authorization", "Bearer " + good),
        400,
        "Bearer error=\"invalid_request\"");
    assertChallenged(
        get("/tickets?Authorization=Bearer%20" + good), 400, "Bearer error=\"invalid_request\"");
    assertThat(asked).isEmpty();
    assertThat(issuer.requests(Endpoint.TOKEN)).isEmpty();
  }
}
