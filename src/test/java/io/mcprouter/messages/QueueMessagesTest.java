package io.mcprouter.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcprouter.integration.message.SenderKey;
import io.mcprouter.testkit.RouterUnderTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The templates messages-jms and messages-amqp, with npm's server-everything, on Artemis. */
class QueueMessagesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRET = "a secret of at least thirty-two characters";
  private static final String CALL =
      """
      {"id": "%s", "server": "everything", "tool": "echo", "arguments": {"message": "hello"}%s}""";

  private static RouterUnderTest router;

  @BeforeAll
  static void start(@TempDir Path routes) throws Exception {
    router =
        Shipped.router(
            routes,
            route("jms", ArtemisBroker.core()) + route("amqp", ArtemisBroker.amqp()),
            "mcp-router.messages.keys.billing.secret=" + SECRET);
  }

  @AfterAll
  static void stop() {
    if (router != null) {
      router.close();
    }
  }

  private static String route(String kind, String broker) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("source", kind);
    parameters.put("broker", broker);
    parameters.put("queue", kind + ".calls");
    parameters.put("replyTo", kind + ".answers");
    parameters.put("replyAllowed", kind + ".elsewhere");
    parameters.put("deadLetter", kind + ".dead");
    parameters.put("temporaryReplies", "true");
    parameters.put("keys", "billing");
    parameters.put("user", "orders");
    return Shipped.route("messages-" + kind, kind + "-calls", parameters);
  }

  private static JsonNode json(String text) throws Exception {
    return JSON.readTree(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jms", "amqp"})
  void a_message_calls_a_tool_and_the_answer_has_its_correlation_id(String kind) throws Exception {
    ArtemisBroker.send(kind + ".calls", CALL.formatted("first", ""), "order-7", Map.of());
    ArtemisBroker.Received answer = ArtemisBroker.receive(kind + ".answers", "order-7");
    assertThat(answer.status()).isEqualTo("ok");
    assertThat(json(answer.text()).at("/result/content/0/text").asText()).isEqualTo("Echo: hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jms", "amqp"})
  void a_requester_is_answered_in_its_temporary_queue(String kind) throws Exception {
    ArtemisBroker.Received answer =
        ArtemisBroker.request(kind + ".calls", CALL.formatted("asked", ""));
    assertThat(answer.correlation()).isEqualTo("asked");
    assertThat(json(answer.text()).path("status").asText()).isEqualTo("ok");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jms", "amqp"})
  void a_requester_that_is_gone_is_answered_where_answers_go(String kind) throws Exception {
    ArtemisBroker.requestAndLeave(kind + ".calls", CALL.formatted("left", ""), "left");
    assertThat(ArtemisBroker.receive(kind + ".answers", "left").status()).isEqualTo("ok");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jms", "amqp"})
  void what_is_wrong_is_answered_and_kept_as_a_dead_letter(String kind) throws Exception {
    ArtemisBroker.send(kind + ".calls", CALL.formatted("wrong", ", \"tol\": 1"), "w", Map.of());
    assertThat(json(ArtemisBroker.receive(kind + ".answers", "w").text()).path("status").asText())
        .isEqualTo("refused");
    JsonNode dead = json(ArtemisBroker.receive(kind + ".dead", "w").text());
    assertThat(dead.path("code").asText()).isEqualTo("invalid-message");
    assertThat(dead.at("/message/arguments/message").asText()).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jms", "amqp"})
  void a_user_counts_with_a_signature_and_not_without(String kind) throws Exception {
    String end = Instant.now().plusSeconds(600).toString();
    String call = CALL.formatted("signed", ", \"user\": \"ann\", \"deadline\": \"" + end + "\"");
    SenderKey key = new SenderKey(SECRET, "", Set.of(), Set.of(), false);
    String signature = key.sign(call.getBytes(StandardCharsets.UTF_8));
    ArtemisBroker.send(
        kind + ".calls", call, "s", Map.of("McpKey", "billing", "McpSignature", signature));
    assertThat(ArtemisBroker.receive(kind + ".answers", "s").status()).isEqualTo("ok");

    String unsigned = CALL.formatted("unsigned", ", \"user\": \"ann\"");
    ArtemisBroker.send(kind + ".calls", unsigned, "u", Map.of());
    JsonNode dead = json(ArtemisBroker.receive(kind + ".dead", "u").text());
    assertThat(dead.path("code").asText()).isEqualTo("unproved-user");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jms", "amqp"})
  void the_answer_goes_where_the_message_says_only_if_it_may(String kind) throws Exception {
    String there = ", \"replyTo\": \"" + kind + ".elsewhere\"";
    ArtemisBroker.send(kind + ".calls", CALL.formatted("there", there), "t", Map.of());
    assertThat(ArtemisBroker.receive(kind + ".elsewhere", "t").status()).isEqualTo("ok");
    String away = ", \"replyTo\": \"" + kind + ".calls\"";
    ArtemisBroker.send(
        kind + ".calls",
        CALL.formatted("away", away),
        "a",
        Map.of("CamelJmsDestinationName", kind + ".elsewhere", "CamelMcpDeadLetter", "true"));
    assertThat(ArtemisBroker.receive(kind + ".answers", "a").status()).isEqualTo("ok");
  }
}
