package io.mcprouter.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcprouter.integration.message.SenderKey;
import io.mcprouter.testkit.RouterUnderTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The template messages-kafka, in a router with npm's server-everything, on a real broker. */
class KafkaMessagesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRET = "a secret of at least thirty-two characters";

  private static RouterUnderTest router;

  @BeforeAll
  static void start(@TempDir Path routes) throws Exception {
    KafkaBroker.topics(4, "calls", "answers", "elsewhere", "dead");
    router =
        Shipped.router(
            routes,
            Shipped.route(
                "messages-kafka",
                "kafka-calls",
                Map.of(
                    "source", "calls",
                    "brokers", KafkaBroker.address(),
                    "topic", "calls",
                    "replyTo", "answers",
                    "replyAllowed", "elsewhere, another",
                    "deadLetter", "dead",
                    "user", "orders",
                    "keys", "billing")),
            "mcp-router.messages.keys.billing.secret=" + SECRET,
            "mcp-router.messages.keys.billing.users=ann",
            "mcp-router.messages.keys.other.secret=" + SECRET);
  }

  @AfterAll
  static void stop() {
    if (router != null) {
      router.close();
    }
  }

  private static JsonNode answer(String topic, String id) {
    ConsumerRecord<String, String>[] found = found(topic, id);
    return json(found[0].value());
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static ConsumerRecord<String, String>[] found(String topic, String id) {
    ConsumerRecord<String, String>[] found = new ConsumerRecord[1];
    KafkaBroker.read(
        List.of(topic),
        record -> {
          if (json(record.value()).path("id").asText().equals(id)) {
            found[0] = record;
          }
        },
        () -> found[0] != null);
    assertThat(found[0]).as("the record of " + id + " on " + topic).isNotNull();
    return found;
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Test
  void a_record_calls_a_tool_and_the_answer_arrives_with_the_records_key() throws Exception {
    KafkaBroker.send(
        "calls",
        "customer-7",
        """
        {"id": "first", "server": "everything", "tool": "echo", "arguments": {"message": "hello"},
         "context": {"order": 10.50}}""");

    ConsumerRecord<String, String> record = found("answers", "first")[0];
    assertThat(record.key()).isEqualTo("customer-7");
    assertThat(header(record, "McpMessageId")).isEqualTo("first");
    assertThat(header(record, "McpStatus")).isEqualTo("ok");
    JsonNode answer = json(record.value());
    assertThat(answer.path("status").asText()).isEqualTo("ok");
    assertThat(answer.path("result").path("content").path(0).path("text").asText())
        .isEqualTo("Echo: hello");
    assertThat(answer.path("attempts").asInt()).isEqualTo(1);
    assertThat(record.value()).contains("\"context\":{\"order\": 10.50}");
  }

  @Test
  void an_answer_that_a_record_cannot_hold_says_so_and_holds_nothing_up() throws Exception {
    KafkaBroker.send(
        "calls",
        "k",
        """
        {"id": "large", "server": "everything", "tool": "echo", "arguments": {"message": "%s"},
         "context": 1}"""
            .formatted("x".repeat(999_950)));
    JsonNode answer = answer("answers", "large");
    assertThat(answer.path("status").asText()).isEqualTo("ok");
    assertThat(answer.at("/error/code").asText()).isEqualTo("answer-too-large");
  }

  @Test
  void a_record_that_comes_again_is_answered_again_and_not_called_again() throws Exception {
    String call =
        """
        {"id": "twice", "server": "everything", "tool": "get-env"}""";
    KafkaBroker.send("calls", "k", call);
    String first = found("answers", "twice")[0].value();
    KafkaBroker.send("calls", "k", call);
    KafkaBroker.send("calls", "k", call.replace("twice", "after-twice"));
    found("answers", "after-twice");

    List<String> answers = new ArrayList<>();
    boolean[] last = new boolean[1];
    KafkaBroker.read(
        List.of("answers"),
        record -> {
          String id = json(record.value()).path("id").asText();
          last[0] |= id.equals("after-twice");
          if (id.equals("twice")) {
            answers.add(record.value());
          }
        },
        () -> last[0] && answers.size() > 1);
    assertThat(answers).containsExactly(first, first);
  }

  @Test
  void another_message_under_the_same_id_is_refused() throws Exception {
    String call =
        """
        {"id": "stolen", "server": "everything", "tool": "echo", "arguments": {"message": "%s"}}""";
    KafkaBroker.send("calls", "k", call.formatted("mine"));
    found("answers", "stolen");
    KafkaBroker.send("calls", "k", call.formatted("yours"));
    assertThat(answer("dead", "stolen").path("code").asText()).isEqualTo("id-used");
  }

  @Test
  void what_cannot_be_called_is_answered_and_kept_as_a_dead_letter_with_the_whole_call()
      throws Exception {
    String call =
        """
        {"id": "unknown", "server": "nowhere", "tool": "nothing", "arguments": {"a": 1.0}}""";
    KafkaBroker.send("calls", "k", call);
    JsonNode answer = answer("answers", "unknown");
    assertThat(answer.path("status").asText()).isEqualTo("refused");
    ConsumerRecord<String, String> dead = found("dead", "unknown")[0];
    assertThat(dead.key()).isEqualTo("k");
    assertThat(dead.value()).contains(call.strip());
    assertThat(json(dead.value()).path("reason")).isEqualTo(answer.path("status"));
  }

  @Test
  void a_message_that_is_no_call_does_not_hold_up_others() throws Exception {
    KafkaBroker.send("calls", "k", "this is no JSON");
    KafkaBroker.send("calls", "k", "{\"id\": \"typo\", \"tool\": \"echo\", \"deadine\": 1}");
    KafkaBroker.send(
        "calls",
        "k",
        "{\"id\":\"late\",\"server\":\"everything\",\"tool\":\"echo\",\"deadline\":1}");
    assertThat(answer("dead", "typo").path("answer").path("error").path("message").asText())
        .contains("deadine");
    assertThat(answer("answers", "late").path("status").asText()).isEqualTo("expired");
    assertThat(answer("dead", "late").path("reason").asText()).isEqualTo("expired");
  }

  @Test
  void the_answer_goes_where_the_message_says_only_if_it_may_go_there() throws Exception {
    String call =
        """
        {"id": "%s", "server": "everything", "tool": "echo", "arguments": {"message": "x"},
         "replyTo": "%s"}""";
    KafkaBroker.send("calls", "k", call.formatted("there", "elsewhere"));
    KafkaBroker.send("calls", "k", call.formatted("not-there", "calls"));
    assertThat(answer("elsewhere", "there").path("status").asText()).isEqualTo("ok");
    assertThat(answer("answers", "not-there").path("status").asText()).isEqualTo("ok");
  }

  @Test
  void headers_that_look_like_camels_own_steer_nothing() throws Exception {
    KafkaBroker.send(
        "calls",
        "k",
        """
        {"id": "steered", "server": "everything", "tool": "echo", "arguments": {"message": "x"}}""",
        "kafka.OVERRIDE_TOPIC",
        "elsewhere",
        "CamelMcpReplyTo",
        "elsewhere",
        "CamelMcpWantedReplyTo",
        "elsewhere",
        "CamelKafkaOverrideTopic",
        "elsewhere",
        "CamelMcpDeadLetter",
        "true",
        "CamelMcpTool",
        "get-env");
    assertThat(answer("answers", "steered").path("tool").asText()).isEqualTo("echo");
  }

  @Test
  void a_user_counts_only_with_a_signature_of_a_key_that_may_name_them() throws Exception {
    SenderKey key = new SenderKey(SECRET, "", Set.of(), Set.of(), false);
    String call =
        """
        {"id": "%s", "server": "everything", "tool": "echo", "arguments": {"message": "x"},
         "user": "%s", "deadline": "%s"}""";
    String soon = Instant.now().plusSeconds(600).toString();
    String good = call.formatted("signed", "ann", soon);
    String other = call.formatted("other-user", "bob", soon);
    String changed = call.formatted("changed", "ann", soon);
    String unsigned = call.formatted("unsigned", "ann", soon);
    String foreign = call.formatted("foreign-key", "ann", soon);
    String forever = call.formatted("forever", "ann", Instant.now().plusSeconds(40L * 86_400));
    send(good, "billing", key.sign(good.getBytes(StandardCharsets.UTF_8)));
    send(other, "billing", key.sign(other.getBytes(StandardCharsets.UTF_8)));
    send(changed, "billing", key.sign(good.getBytes(StandardCharsets.UTF_8)));
    send(foreign, "other", key.sign(foreign.getBytes(StandardCharsets.UTF_8)));
    send(forever, "billing", key.sign(forever.getBytes(StandardCharsets.UTF_8)));
    KafkaBroker.send("calls", "k", unsigned);

    assertThat(answer("answers", "signed").path("status").asText()).isEqualTo("ok");
    assertThat(answer("dead", "other-user").path("code").asText()).isEqualTo("other-user");
    assertThat(answer("dead", "changed").path("code").asText()).isEqualTo("wrong-signature");
    assertThat(answer("dead", "foreign-key").path("code").asText()).isEqualTo("wrong-signature");
    assertThat(answer("dead", "forever").path("code").asText()).isEqualTo("no-deadline");
    assertThat(answer("dead", "unsigned").path("code").asText()).isEqualTo("unproved-user");
  }

  private static void send(String call, String key, String signature) throws Exception {
    KafkaBroker.send("calls", "k", call, "McpKey", key, "McpSignature", signature);
  }
}
