package io.mcprouter.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcprouter.testkit.RouterUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The template messages-files, in a router with npm's server-everything. */
class FileMessagesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path routes;
  @TempDir private static Path files;
  private static RouterUnderTest router;

  @BeforeAll
  static void start() throws Exception {
    router =
        Shipped.router(
            routes,
            Shipped.route(
                "messages-files",
                "file-calls",
                Map.of(
                    "source",
                    "files",
                    "directory",
                    files.resolve("in").toString(),
                    "replyTo",
                    files.resolve("answers").toString(),
                    "deadLetter",
                    files.resolve("dead").toString(),
                    "user",
                    "orders",
                    "maxBytes",
                    "5000")));
  }

  @AfterAll
  static void stop() {
    if (router != null) {
      router.close();
    }
  }

  private static void put(String name, String text) throws IOException {
    Path in = Files.createDirectories(files.resolve("in"));
    Files.move(Files.writeString(files.resolve(name), text), in.resolve(name));
  }

  private static JsonNode file(String directory, String name) throws IOException {
    Path file = files.resolve(directory).resolve(name);
    await().atMost(PATIENCE).until(() -> Files.exists(file));
    return JSON.readTree(file.toFile());
  }

  @Test
  void a_file_calls_a_tool_and_its_answer_is_a_file_of_the_same_name() throws Exception {
    put(
        "one.json",
        """
        {"id": "1", "server": "everything", "tool": "echo", "arguments": {"message": "hello"}}""");
    assertThat(file("answers", "one.json").at("/result/content/0/text").asText())
        .isEqualTo("Echo: hello");
    await().atMost(PATIENCE).until(() -> Files.exists(files.resolve("in/.done/one.json")));
    assertThat(files.resolve("dead/one.json")).doesNotExist();
  }

  @Test
  void what_is_wrong_or_too_large_is_kept_as_a_dead_letter() throws Exception {
    put("wrong.json", "{\"id\": \"w\", \"tool\": \"echo\", \"user\": \"ann\"}");
    put("large.json", "{\"id\": \"l\", \"tool\": \"" + "x".repeat(5_000) + "\"}");
    assertThat(file("dead", "wrong.json").path("code").asText()).isEqualTo("unproved-user");
    assertThat(file("answers", "wrong.json").path("status").asText()).isEqualTo("refused");
    JsonNode large = file("dead", "large.json");
    assertThat(large.path("code").asText()).isEqualTo("too-large");
    assertThat(large.path("messageLength").asInt()).isGreaterThan(5_000);
    assertThat(large.path("file").asText()).isEqualTo("large.json");
    assertThat(large.has("bytes")).isFalse();
  }
}
