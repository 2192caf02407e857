package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.RouterUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Route files that come, change and go while clients are there. */
class RouteReloadTest {
  private static final String FILE = "greetings.camel.yaml";
  private static final String TOOLS_CHANGED = "notifications/tools/list_changed";

  private RouterUnderTest router;
  private McpClient client;

  @BeforeEach
  void start() {
    router = RouterUnderTest.start("mcpServers: {}");
    client = McpClient.of(router).connect();
  }

  @AfterEach
  void stop() {
    client.close();
    router.close();
  }

  @Test
  void a_file_that_is_dropped_in_becomes_a_tool_is_edited_and_goes() {
    router.route(FILE, greets("Good morning"));
    client.awaitMessage(TOOLS_CHANGED);
    assertThat(client.tools()).containsExactly("routes__greet");
    assertThat(client.say("routes__greet", "{}")).isEqualTo("Good morning");

    router.route(FILE, greets("Good night"));
    await().until(() -> client.say("routes__greet", "{}").equals("Good night"));

    router.removeRoute(FILE);
    await().until(() -> client.tools().isEmpty());
    assertThat(client.call("routes__greet", "{}").error().path("message").asText())
        .contains("routes__greet");
  }

  @Test
  void a_broken_edit_leaves_the_tool_as_it_was() {
    router.route(FILE, greets("Good morning"));
    await().until(() -> client.tools().contains("routes__greet"));
    router.route(FILE, greets("Good night").replace("setBody", "setBodi"));
    await()
        .until(
            () ->
                router.bean(io.mcprouter.routing.files.RouteFiles.class).reports().stream()
                    .anyMatch(report -> report.fault() != null));
    assertThat(client.say("routes__greet", "{}")).isEqualTo("Good morning");
  }

  @Test
  void a_hundred_edits_fail_no_call() throws Exception {
    router.route(FILE, greets("version 0"));
    await().until(() -> client.tools().contains("routes__greet"));
    AtomicBoolean over = new AtomicBoolean();
    Queue<Message> failed = new ConcurrentLinkedQueue<>();
    AtomicInteger calls = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      callers.add(Thread.startVirtualThread(() -> callUntil(over, calls, failed)));
    }
    for (int version = 1; version <= 100; version++) {
      String expected = "version " + version;
      router.route(FILE, greets(expected));
      await().until(() -> client.say("routes__greet", "{}").equals(expected));
    }
    over.set(true);
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(failed).isEmpty();
    assertThat(calls).hasValueGreaterThan(1_000);
  }

  @Test
  void a_call_that_a_route_has_under_way_ends_before_the_router_does(@TempDir Path answers) {
    Path begun = answers.resolve("begun");
    RouterUnderTest stopped = RouterUnderTest.start("mcpServers: {}");
    stopped.route(
        "slow.camel.yaml",
        """
        - route:
            id: slow
            from:
              uri: mcp-tool:slow
              steps:
                - setBody: {constant: begun}
                - to: "file:%1$s?fileName=begun"
                - delay: {expression: {constant: {expression: "1500"}}}
                - setBody: {constant: slow but sure}
        - route:
            id: once
            from:
              uri: timer:once
              parameters: {repeatCount: 1}
              steps:
                - to: mcp-call:routes/slow
                - to: "file:%1$s?fileName=answer"
        """
            .formatted(answers));
    await().until(() -> Files.exists(begun));
    stopped.close();
    assertThat(answers.resolve("answer")).hasContent("slow but sure");
  }

  private void callUntil(AtomicBoolean over, AtomicInteger calls, Queue<Message> failed) {
    try (McpClient own = McpClient.of(router).connect()) {
      while (!over.get()) {
        Message answer = own.call("routes__greet", "{}");
        calls.incrementAndGet();
        if (!answer.error().isMissingNode() || answer.result().path("isError").asBoolean()) {
          failed.add(answer);
        }
      }
    }
  }

  private static String greets(String words) {
    return """
        - route:
            id: greet
            from:
              uri: mcp-tool:greet
              parameters:
                description: Greets
              steps:
                - setBody:
                    constant: %s
        """
        .formatted(words);
  }
}
