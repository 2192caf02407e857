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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code tap-file} writes where guardrails behind it met failures that the caller never saw.
 */
class TapOutcomesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final South SOUTH = South.HTTP;

  @TempDir private static Path directory;
  private static Guarded guarded;

  @BeforeAll
  static void start() {
    guarded =
        new Guarded(
            """
            [{"tap-file": {"directory": "%s"}},
             {"rate-limit": {"calls": 1, "period": 600000}},
             {"retry": {"attempts": 3, "delay": 10}},
             "circuit-breaker"]
            """
                .formatted(directory));
    ScriptedTools server = guarded.server(SOUTH);
    guarded.tool(
        "read",
        Guarded.READ_ONLY,
        call -> {
          if (server.calls("read").size() == 1) {
            call.hangUp();
          } else {
            call.text("fine");
          }
        });
    guarded.tool("gone", Guarded.UNKNOWN, ScriptedTools.Call::hangUp);
  }

  @AfterAll
  static void stop() {
    guarded.close();
  }

  @Test
  void what_the_caller_got_is_what_the_line_says() {
    try (McpClient ann = guarded.client(SOUTH, "ann").connect();
        McpClient bob = guarded.client(SOUTH, "bob").connect()) {
      assertThat(ann.say("read", "{}")).isEqualTo("fine");
      assertThat(ann.call("read").result().path("isError").asBoolean()).isTrue();
      assertThat(bob.call("gone").isError()).isTrue();

      List<JsonNode> lines = await().until(TapOutcomesTest::lines, found -> found.size() == 3);

      assertThat(outcomes(lines, "ann")).containsExactlyInAnyOrder("ok", "tool_error");
      assertThat(outcomes(lines, "bob")).containsExactly("connection_lost");
      assertThat(lines)
          .filteredOn(line -> line.path("outcome").asText().equals("ok"))
          .allSatisfy(
              line -> assertThat(line.at("/result/content/0/text").asText()).isEqualTo("fine"));
    }
  }

  private static List<String> outcomes(List<JsonNode> lines, String user) {
    return lines.stream()
        .filter(line -> line.path("user").asText().equals(user))
        .map(line -> line.path("outcome").asText())
        .toList();
  }

  private static List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          lines.add(JSON.readTree(line));
        }
      }
    }
    return lines;
  }
}
