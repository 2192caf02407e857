package io.mcprouter.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.South;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The guardrails {@code argument-rules}, {@code cache} and {@code result-limit}, in this order. */
class ResultsTest {
  static final List<South> TRANSPORTS = Guarded.TRANSPORTS;

  private static final String TEMPLATES =
      """
      [{"argument-rules": {
          "deny": ["drop_*"],
          "rules": {"read": {"properties": {"path": {"pattern": "^/srv/"}}, "required": ["path"]},
                    "*": {"not": {"required": ["admin"]}}}}},
       {"cache": {"seconds": 600}},
       {"result-limit": {"characters": 100, "keepSeconds": 0}}]
      """;
  private static Guarded guarded;

  @BeforeAll
  static void start() {
    AtomicInteger count = new AtomicInteger();
    guarded = new Guarded(TEMPLATES);
    guarded.tool("read", Guarded.READ_ONLY, call -> call.text("read " + count.incrementAndGet()));
    guarded.tool(
        "write", Guarded.IDEMPOTENT, call -> call.text("wrote " + count.incrementAndGet()));
    guarded.tool("fail", Guarded.READ_ONLY, call -> call.failure("bad " + count.incrementAndGet()));
    guarded.tool("drop_table", Guarded.READ_ONLY, call -> call.text("dropped"));
    guarded.tool("long", Guarded.UNKNOWN, call -> call.text("é\uD83D\uDE00".repeat(100)));
    guarded.tool(
        "many",
        Guarded.UNKNOWN,
        call ->
            call.result(
                "{\"content\":[{\"type\":\"text\",\"text\":\"short\"},{\"type\":\"image\",\"mimeType\":\"image/png\",\"data\":\"%s\"},{\"type\":\"text\",\"text\":\"end\"}],\"x\":1.50}"
                    .formatted("A".repeat(200))));
    guarded.tool(
        "tiny",
        Guarded.UNKNOWN,
        call ->
            call.result(
                "{\"content\":[%s{\"type\":\"text\",\"text\":\"z\"}]}"
                    .formatted("{\"type\":\"text\",\"text\":\"abc\"},".repeat(1_000))));
    guarded.tool(
        "structured",
        Guarded.UNKNOWN,
        call ->
            call.result(
                "{\"content\":[],\"structuredContent\":{\"all\":\"%s\"}}"
                    .formatted("A".repeat(200))));
  }

  @AfterAll
  static void stop() {
    guarded.close();
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void arguments_that_break_a_rule_are_refused_and_never_told(South south) {
    try (McpClient client = guarded.client(south, "rules").connect()) {
      Message wrong = client.call("read", "{\"path\":\"/etc/passwd\"}");
      Message missing = client.call("read", "{}");
      Message admin = client.call("write", "{\"admin\":true}");

      assertThat(wrong.result().path("isError").asBoolean()).isTrue();
      assertThat(wrong.text()).contains("$.path", "pattern").doesNotContain("passwd");
      assertThat(missing.text()).contains("required");
      assertThat(admin.text()).contains("'write' are not allowed");
      assertThat(client.call("drop_table").text()).contains("must not be called here");
      assertThat(guarded.server(south).calls("drop_table")).isEmpty();
    }
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void arguments_that_two_readers_could_understand_differently_are_refused(South south) {
    try (McpClient client = guarded.client(south, "twice").connect()) {
      Message reply = client.call("read", "{\"path\":\"/etc/passwd\",\"path\":\"/srv/a\"}");

      assertThat(reply.text()).contains("named twice");
      client.send( // which is no message at all
          "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"tools/call\",\"params\":{\"name\":\"read\",\"arguments\":{\"path\":\"/srv/a\"},\"Arguments\":{\"path\":\"/etc/passwd\"}}}");
      client.call("read", "{\"path\":\"/srv/a\"}");
      assertThat(guarded.server(south).calls("read"))
          .noneMatch(call -> call.message().encode().contains("passwd"));
    }
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void a_result_of_a_tool_that_only_reads_is_kept_for_its_user_and_arguments(South south) {
    try (McpClient ann = guarded.client(south, "ann").connect();
        McpClient bob = guarded.client(south, "bob").connect()) {
      String first = ann.say("read", "{\"path\":\"/srv/a\",\"n\":{\"x\":1,\"y\":\"\\u0061\"}}");

      assertThat(ann.say("read", "{ \"n\": {\"y\":\"a\", \"x\":1}, \"path\":\"/srv/a\"}"))
          .isEqualTo(first);
      assertThat(ann.say("read", "{\"path\":\"/srv/b\"}")).isNotEqualTo(first);
      assertThat(bob.say("read", "{\"path\":\"/srv/a\",\"n\":{\"x\":1,\"y\":\"a\"}}"))
          .isNotEqualTo(first);
    }
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void what_changes_something_and_what_fails_is_never_kept(South south) {
    try (McpClient ann = guarded.client(south, "ann").connect()) {
      assertThat(ann.say("write", "{}")).isNotEqualTo(ann.say("write", "{}"));
      assertThat(ann.call("fail").text()).isNotEqualTo(ann.call("fail").text());
    }
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void many_small_blocks_end_at_the_first_that_does_not_fit(South south) {
    try (McpClient ann = guarded.client(south, "ann").connect()) {
      Message reply = ann.call("tiny");

      assertThat(reply.result().path("content")).hasSize(34);
      assertThat(reply.result().at("/content/33/text").asText())
          .isEqualTo(
              "a\n[cut: 1 of 3 characters are shown; 967 blocks behind it left out; ask for less, or for a part]");
    }
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void a_long_result_is_cut_and_says_so(South south) throws Exception {
    try (McpClient ann = guarded.client(south, "ann").connect()) {
      String text = ann.say("long", "{}");
      Message many = ann.call("many");

      assertThat(text).startsWith("é\uD83D\uDE00é").contains("[cut: 100 of 300 characters");
      assertThat(many.raw()).contains("\"x\":1.50");
      assertThat(many.result().path("content"))
          .isEqualTo(
              new ObjectMapper()
                  .readTree(
                      "[{\"type\":\"text\",\"text\":\"short\"},{\"type\":\"text\",\"text\":\"[left out: content of 249 bytes, no room for it; 1 block behind it left out]\"}]"));
      assertThat(ann.call("structured").result().path("isError").asBoolean()).isTrue();
      assertThat(ann.call("structured").text()).contains("too large");
    }
  }
}
