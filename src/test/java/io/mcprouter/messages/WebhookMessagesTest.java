package io.mcprouter.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.mcprouter.integration.message.SenderKey;
import io.mcprouter.testkit.RouterUnderTest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The templates for webhooks, in a router with npm's server-everything. */
class WebhookMessagesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRET = "a secret of at least thirty-two characters";
  private static final SenderKey KEY = new SenderKey(SECRET, "", Set.of(), Set.of(), false);
  private static final List<String> POSTED = new CopyOnWriteArrayList<>();
  private static final int NOW = ArtemisBroker.freePort();
  private static final int LATER = ArtemisBroker.freePort();

  @TempDir private static Path routes;
  @TempDir private static Path files;
  private static HttpServer sender;
  private static RouterUnderTest router;

  @BeforeAll
  static void start() throws Exception {
    sender = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sender.createContext(
        "/answers",
        exchange -> {
          POSTED.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    sender.start();
    router =
        Shipped.router(
            routes,
            now() + later() + replies(),
            "mcp-router.messages.keys.billing.secret=" + SECRET);
  }

  private static String now() {
    return Shipped.route(
        "messages-webhook",
        "now",
        Map.of(
            "source", "now",
            "listen", "127.0.0.1:" + NOW,
            "path", "calls",
            "keys", "billing",
            "deadLetter", files.resolve("dead").toString()));
  }

  private static String later() {
    return Shipped.route(
        "messages-webhook-later",
        "later",
        Map.of(
            "source", "later",
            "listen", "127.0.0.1:" + LATER,
            "path", "calls",
            "keys", "billing",
            "directory", files.resolve("accepted").toString()));
  }

  private static String replies() {
    return Shipped.route(
        "messages-webhook-replies",
        "replies",
        Map.of(
            "source",
            "later",
            "directory",
            files.resolve("accepted").toString(),
            "replyTo",
            "http://127.0.0.1:" + sender.getAddress().getPort() + "/answers",
            "deadLetter",
            files.resolve("dead").toString()));
  }

  @AfterAll
  static void stop() {
    if (router != null) {
      router.close();
    }
    sender.stop(0);
  }

  private static String call(String id) {
    return """
        {"id": "%s", "server": "everything", "tool": "echo", "arguments": {"message": "hello"},
         "user": "ann", "deadline": "%s"}"""
        .formatted(id, Instant.now().plusSeconds(600));
  }

  private static HttpResponse<String> post(int port, String body, String signature, String... more)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/calls"))
            .timeout(Duration.ofSeconds(30))
            .header("McpKey", "billing")
            .header("McpSignature", signature)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (more.length > 0) {
      request.headers(more);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static String signature(String body) {
    return KEY.sign(body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_signed_request_is_answered_with_the_result() throws Exception {
    String call = call("now");
    HttpResponse<String> answer = post(NOW, call, "sha256=" + signature(call));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode json = JSON.readTree(answer.body());
    assertThat(json.path("status").asText()).isEqualTo("ok");
    assertThat(json.at("/result/content/0/text").asText()).isEqualTo("Echo: hello");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("camel"));
  }

  @Test
  void the_message_is_read_whatever_its_content_type_says() throws Exception {
    for (int port : List.of(NOW, LATER)) {
      String call = call("form-" + port);
      HttpResponse<String> answer =
          post(port, call, signature(call), "Content-Type", "application/x-www-form-urlencoded");
      assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
    }
  }

  @Test
  void the_request_that_the_page_shows_is_answered() throws Exception {
    String page = Files.readString(Path.of("docs/how-to/call-tools-from-messages.md"));
    String shown = page.substring(page.indexOf("```bash\n") + 8);
    String script =
        shown
            .substring(0, shown.indexOf("```"))
            .replace("McpKey: orders", "McpKey: billing")
            .replace("127.0.0.1:8092/orders", "127.0.0.1:" + NOW + "/calls");
    ProcessBuilder bash = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true);
    bash.environment().put("ORDERS_SECRET", SECRET);
    Process process = bash.start();
    JsonNode answer = JSON.readTree(process.getInputStream());
    assertThat(process.waitFor()).isZero();
    assertThat(answer.path("status").asText()).as(answer.toString()).isEqualTo("ok");
  }

  @Test
  void whoever_cannot_sign_is_refused() throws Exception {
    String call = call("unsigned");
    assertThat(post(NOW, call, "00ff").statusCode()).isEqualTo(401);
    assertThat(post(LATER, call, "00ff").statusCode()).isEqualTo(401);
    assertThat(post(NOW, call, signature(call("other"))).statusCode()).isEqualTo(401);
  }

  @Test
  void a_signed_message_that_is_wrong_is_refused_with_what_is_wrong() throws Exception {
    String call = call("wrong").replace("\"user\"", "\"usr\"");
    HttpResponse<String> answer = post(NOW, call, signature(call));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("invalid-message", "usr");
  }

  @Test
  void what_has_expired_is_gone_and_may_be_sent_again_under_its_id() throws Exception {
    String late = call("late").replaceAll("\"deadline\": \"[^\"]*\"", "\"deadline\": 1");
    HttpResponse<String> answer = post(NOW, late, signature(late));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(410);
    String again = call("late");
    assertThat(post(NOW, again, signature(again)).statusCode()).isEqualTo(200);
  }

  @Test
  void an_id_with_quotes_is_accepted_in_json() throws Exception {
    String call = call("a \\\"b\\\"");
    HttpResponse<String> accepted = post(LATER, call, signature(call));
    assertThat(JSON.readTree(accepted.body()).path("id").asText()).isEqualTo("a \"b\"");
  }

  @Test
  void headers_of_a_request_steer_nothing() throws Exception {
    String call = call("steered");
    HttpResponse<String> answer =
        post(
            NOW,
            call,
            signature(call),
            "CamelHttpResponseCode",
            "500",
            "CamelMcpStatus",
            "failed",
            "CamelFileName",
            "../../evil");
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void an_accepted_message_is_answered_by_a_request_to_the_sender() throws Exception {
    String call = call("later");
    HttpResponse<String> accepted = post(LATER, call, signature(call));
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    assertThat(JSON.readTree(accepted.body()).path("status").asText()).isEqualTo("accepted");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                POSTED.stream()
                    .anyMatch(
                        answer ->
                            answer.contains("\"id\":\"later\"")
                                && answer.contains("\"status\":\"ok\"")));
  }
}
