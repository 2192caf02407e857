package io.mcprouter.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcprouter.testkit.RouterProcess;
import io.mcprouter.testkit.ServersFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten thousand records, and a router that is killed by SIGKILL three times on the way. Nothing is
 * lost, and nothing that may not be repeated is done twice.
 */
class KilledRouterTest {
  private static final int RECORDS = 10_000;
  private static final List<Integer> KILLED_AFTER = List.of(1_500, 4_000, 7_000);
  private static final int PARTITIONS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Every status that was answered, by the message's id. */
  private final Map<String, Set<String>> answers = new ConcurrentHashMap<>();

  private final Map<String, String> deadLetters = new ConcurrentHashMap<>();

  private static String id(int number) {
    return (number % 10 == 0 ? "lookup-" : "charge-") + number;
  }

  private static String message(int number) {
    String id = id(number);
    return "{\"id\":\"%s\",\"server\":\"counting\",\"tool\":\"%s\",\"arguments\":{\"id\":\"%s\"}}"
        .formatted(id, id.substring(0, id.indexOf('-')), id);
  }

  @Test
  void every_record_is_answered_once_and_none_is_charged_twice(@TempDir Path directory)
      throws Exception {
    KafkaBroker.topics(PARTITIONS, "charges", "charged", "charges-dead");
    produce();
    boolean[] enough = new boolean[1];
    Thread reader =
        Thread.ofVirtual()
            .start(
                () ->
                    KafkaBroker.follow(
                        List.of("charged", "charges-dead"), this::note, () -> enough[0]));
    try (CountingServer server = new CountingServer()) {
      String[] arguments = arguments(directory, server);
      for (int many : KILLED_AFTER) {
        try (RouterProcess router = RouterProcess.start(directory, Map.of(), arguments)) {
          await().atMost(PATIENCE).until(() -> answers.size() >= many);
        }
      }
      try (RouterProcess router = RouterProcess.start(directory, Map.of(), arguments)) {
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> {
                  assertThat(answers).hasSize(RECORDS);
                  assertThat(deadLetters.keySet()).containsAll(ids("outcome-unknown"));
                });
      }
      check(server);
    } finally {
      enough[0] = true;
      reader.join();
    }
  }

  private static void produce() throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (KafkaProducer<String, String> producer = KafkaBroker.producer()) {
      for (int i = 0; i < RECORDS; i++) {
        sent.add(producer.send(new ProducerRecord<>("charges", "key-" + i % 100, message(i))));
      }
      for (Future<RecordMetadata> record : sent) {
        record.get();
      }
    }
  }

  private static String[] arguments(Path directory, CountingServer server) throws Exception {
    Path servers = directory.resolve("servers.yaml");
    Files.writeString(
        servers,
        new ServersFile()
            .with("counting", ServersFile.remote("streamable-http", server.url(), Map.of()))
            .toString());
    Path routes = Files.createDirectory(directory.resolve("routes"));
    Files.writeString(
        routes.resolve("charges.camel.yaml"),
        Shipped.route(
            "messages-kafka",
            "charges",
            Map.of(
                "source", "charges",
                "brokers", KafkaBroker.address(),
                "topic", "charges",
                "replyTo", "charged",
                "deadLetter", "charges-dead",
                "application", "true",
                "consumers", String.valueOf(PARTITIONS),
                "sessionTimeout", "6000")));
    return new String[] {
      "--config", servers.toString(),
      "--routes", routes.toString(),
      "--data", directory.resolve("data").toString(),
      "--mcp-router.messages.lease=3s"
    };
  }

  private void note(ConsumerRecord<String, String> record) {
    try {
      JsonNode json = JSON.readTree(record.value());
      String id = json.path("id").asText();
      if (record.topic().equals("charges-dead")) {
        deadLetters.put(id, json.path("reason").asText());
      } else {
        answers
            .computeIfAbsent(id, none -> ConcurrentHashMap.newKeySet())
            .add(json.path("status").asText());
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(record.value(), e);
    }
  }

  private Set<String> ids(String status) {
    Set<String> ids = new HashSet<>();
    answers.forEach(
        (id, statuses) -> {
          if (statuses.contains(status)) {
            ids.add(id);
          }
        });
    return ids;
  }

  private void check(CountingServer server) {
    assertThat(answers.values())
        .as("one answer for each, however often")
        .allMatch(s -> s.size() == 1);
    Set<String> unknown = ids("outcome-unknown");
    assertThat(ids("ok").size() + unknown.size()).isEqualTo(RECORDS);
    assertThat(deadLetters.keySet()).isEqualTo(unknown);
    assertThat(deadLetters.values()).containsOnly("outcome-unknown");
    assertThat(server.charged)
        .as("no charge is made twice")
        .allSatisfy((id, count) -> assertThat(count.get()).isEqualTo(1));
    assertThat(unknown).as("what may be repeated is").allMatch(id -> id.startsWith("charge-"));
    for (String id : ids("ok")) {
      assertThat(id.startsWith("charge-") ? server.charged : server.lookedUp).containsKey(id);
    }
  }
}
