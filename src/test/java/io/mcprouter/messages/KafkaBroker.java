package io.mcprouter.messages;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** Kafka in KRaft mode, one broker for all tests of this JVM; it ends with it. */
final class KafkaBroker {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final EmbeddedKafkaKraftBroker RUNNING = start();

  private KafkaBroker() {}

  private static EmbeddedKafkaKraftBroker start() {
    for (String talkative : List.of("org.apache.kafka", "kafka", "org.apache.zookeeper")) {
      ((Logger) LoggerFactory.getLogger(talkative)).setLevel(Level.ERROR);
    }
    EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);
    broker.brokerProperty("group.initial.rebalance.delay.ms", "0");
    broker.afterPropertiesSet();
    Runtime.getRuntime().addShutdownHook(new Thread(broker::destroy));
    return broker;
  }

  static String address() {
    return RUNNING.getBrokersAsString();
  }

  static void topics(int partitions, String... names) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
      List<NewTopic> topics = new ArrayList<>();
      for (String name : names) {
        topics.add(new NewTopic(name, partitions, (short) 1));
      }
      admin.createTopics(topics).all().get();
    }
  }

  static KafkaProducer<String, String> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", address(), "linger.ms", "20", "enable.idempotence", "false"),
        new StringSerializer(),
        new StringSerializer());
  }

  /** Sends a record with headers, given as name, value, name, value, ... */
  static void send(String topic, String key, String value, String... headers)
      throws ExecutionException, InterruptedException {
    ProducerRecord<String, String> record = new ProducerRecord<>(topic, key, value);
    for (int i = 0; i < headers.length; i += 2) {
      record.headers().add(headers[i], headers[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    try (KafkaProducer<String, String> producer = producer()) {
      producer.send(record).get();
    }
  }

  /** Reads topics from their beginning, until there was enough or patience ends. */
  static void read(
      List<String> topics, Consumer<ConsumerRecord<String, String>> each, BooleanSupplier enough) {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    follow(topics, each, () -> enough.getAsBoolean() || System.nanoTime() - giveUp > 0);
  }

  /** Reads topics from their beginning, for as long as is said. */
  static void follow(
      List<String> topics, Consumer<ConsumerRecord<String, String>> each, BooleanSupplier enough) {
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                address(),
                "group.id",
                "test-" + System.nanoTime(),
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                "false"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(topics);
      while (!enough.getAsBoolean()) {
        consumer.poll(Duration.ofMillis(100)).forEach(each);
      }
    }
  }
}
