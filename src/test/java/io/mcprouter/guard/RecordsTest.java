package io.mcprouter.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.ScriptedTools;
import io.mcprouter.testkit.South;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/**
 * The guardrails that write down what happens, {@code tap-file} and {@code audit-kafka}, and {@code
 * dry-run}, which lets nothing happen.
 */
class RecordsTest {
  static final List<South> TRANSPORTS = Guarded.TRANSPORTS;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "Bearer abcdefgh12345678";

  @TempDir private static Path directory;
  private static EmbeddedKafkaKraftBroker kafka;
  private static Guarded guarded;

  @BeforeAll
  static void start() {
    kafka = new EmbeddedKafkaKraftBroker(1, 1, "mcp-audit");
    kafka.afterPropertiesSet();
    guarded =
        new Guarded(
            """
            [{"audit-kafka": {"brokers": "%s"}}, {"tap-file": {"directory": "%s"}}, "dry-run"]
            """
                .formatted(kafka.getBrokersAsString(), directory));
    guarded.tool(
        "read",
        Guarded.READ_ONLY,
        call -> {
          call.progress("with " + TOKEN);
          call.text("it is\n" + TOKEN);
        });
    guarded.tool("gone", Guarded.READ_ONLY, ScriptedTools.Call::hangUp);
    guarded.tool("pay", Guarded.UNKNOWN, call -> call.text("paid"));
  }

  @AfterAll
  static void stop() {
    guarded.close();
    kafka.destroy();
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void nothing_is_called_that_does_not_say_that_it_only_reads(South south) {
    try (McpClient client = guarded.client(south, "dry").connect()) {
      assertThat(client.say("pay", "{\"amount\":7}"))
          .contains("nothing was called", "'pay'", "{\"amount\":7}");
      assertThat(guarded.server(south).calls("pay")).isEmpty();
    }
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void a_call_is_a_line_in_the_file_of_the_day_without_secrets(South south) {
    try (McpClient client = guarded.client(south, "tapped").connect()) {
      String answer = client.start("read", "{\"key\":\"" + TOKEN + "\"}", "\"t\"").reply().text();
      assertThat(answer).as("the client gets all").contains(TOKEN);

      JsonNode line = await().until(() -> line(south, "tapped"), found -> found != null);

      assertThat(line.path("tool").asText()).isEqualTo("read");
      assertThat(line.path("outcome").asText()).isEqualTo("ok");
      assertThat(line.path("arguments").path("key").asText()).isEqualTo("[redacted]");
      assertThat(line.path("messages").get(0).path("params").path("message").asText())
          .isEqualTo("with [redacted]");
      assertThat(line.path("result").path("content").get(0).path("text").asText())
          .isEqualTo("it is\n[redacted]");
    }
  }

  private static JsonNode line(South south, String user) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file :
          files.filter(one -> one.getFileName().toString().startsWith(south.server())).toList()) {
        assertThat(file.getFileName().toString()).matches(".*-\\d{4}-\\d{2}-\\d{2}\\.jsonl");
        for (String line : Files.readAllLines(file)) {
          JsonNode read = JSON.readTree(line);
          if (read.path("user").asText().equals(user)) {
            return read;
          }
        }
      }
      return null;
    }
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void a_call_is_a_record_on_the_topic_without_its_contents(South south) throws Exception {
    String user = "audited-" + south.server();
    try (McpClient client = guarded.client(south, user).connect();
        Consumer<String, String> topic = consumer()) {
      client.start("read", "{\"key\":\"canary\"}", "\"t\"").reply();
      assertThat(client.call("gone").isError()).isTrue();

      List<JsonNode> records = new ArrayList<>();
      await()
          .until(
              () -> {
                topic
                    .poll(Duration.ofMillis(100))
                    .forEach(
                        each -> {
                          assertThat(each.value()).doesNotContain("canary", "abcdefgh");
                          if (each.value().contains(user)) {
                            records.add(read(each.value()));
                          }
                        });
                return records.size() == 2;
              });
      assertThat(records)
          .extracting(each -> each.path("outcome").asText())
          .containsExactlyInAnyOrder("ok", "connection_lost");
      assertThat(records.getFirst().path("server").asText()).isEqualTo(south.server());
    }
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Consumer<String, String> consumer() {
    Consumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.getBrokersAsString(),
                ConsumerConfig.GROUP_ID_CONFIG,
                "test-" + System.nanoTime(),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"),
            new StringDeserializer(),
            new StringDeserializer());
    consumer.subscribe(List.of("mcp-audit"));
    return consumer;
  }
}
