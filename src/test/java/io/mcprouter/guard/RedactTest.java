package io.mcprouter.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.South;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class RedactTest {
  static final List<South> TRANSPORTS = Guarded.TRANSPORTS;

  private static final String SECRET = "sk-0123456789abcdef";
  private static Guarded guarded;

  @BeforeAll
  static void start() {
    guarded =
        new Guarded(
            "[{\"redact\":{\"patterns\":[\"sk-[a-z0-9]{16}\",\"\\\\b\\\\d{3}-\\\\d{4}\\\\b\"]}}]");
    guarded.tool("tell", Guarded.UNKNOWN, call -> call.text("key: " + SECRET + " é \"555-1234\""));
    guarded.tool("fail", Guarded.UNKNOWN, call -> call.failure("bad key " + SECRET));
    guarded.tool(
        "throw",
        Guarded.UNKNOWN,
        call ->
            call.error(
                "{\"code\":-32050,\"message\":\"" + SECRET + "\",\"data\":[\"" + SECRET + "\"]}"));
    guarded.tool(
        "structured",
        Guarded.UNKNOWN,
        call ->
            call.result(
                "{\"content\":[],\"structuredContent\":{\"price\":1.10,\"deep\":[{\"key\":\"\\u0073k-0123456789abcdef\"}]}}"));
    guarded.tool(
        "talk",
        Guarded.UNKNOWN,
        call -> {
          call.progress("at " + SECRET);
          call.say(
              "notifications/message",
              new JsonObject()
                  .put("level", "error")
                  .put("data", new JsonObject().put("k", SECRET)));
          call.ask(
              "elicitation/create",
              new JsonObject()
                  .put("message", "Is " + SECRET + " yours?")
                  .put(
                      "requestedSchema",
                      new JsonObject().put("type", "object").put("properties", new JsonObject())));
          call.text("done");
        });
    guarded.tool(
        "list",
        Guarded.UNKNOWN,
        call -> call.result(new JsonObject().put("content", new JsonArray()).encode()));
  }

  @AfterAll
  static void stop() {
    guarded.close();
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void a_secret_in_a_result_is_replaced_and_all_else_stays(South south) {
    try (McpClient client = guarded.client(south, "ann").connect()) {
      assertThat(client.say("tell", "{}")).isEqualTo("key: [redacted] é \"[redacted]\"");
      assertThat(client.call("structured").raw())
          .contains("\"structuredContent\":{\"price\":1.10,\"deep\":[{\"key\":\"[redacted]\"}]}");
    }
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void a_secret_in_an_error_is_replaced(South south) {
    try (McpClient client = guarded.client(south, "ann").connect()) {
      Message toolError = client.call("fail");
      Message error = client.call("throw");

      assertThat(toolError.result().path("isError").asBoolean()).isTrue();
      assertThat(toolError.text()).isEqualTo("bad key [redacted]");
      assertThat(error.error().path("code").asInt()).isEqualTo(-32050);
      assertThat(error.raw()).contains("[redacted]").doesNotContain(SECRET);
    }
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void a_secret_in_progress_a_log_message_or_a_question_is_replaced(South south) {
    try (McpClient client =
        guarded
            .client(south, "ann")
            .capabilities("{\"elicitation\":{}}")
            .answering("elicitation/create", question -> "{\"action\":\"decline\"}")
            .connect()) {
      assertThat(client.start("talk", "{}", "\"my-token\"").reply().text()).isEqualTo("done");

      assertThat(client.awaitMessage("notifications/progress").params().path("message").asText())
          .isEqualTo("at [redacted]");
      assertThat(client.awaitMessage("notifications/message").raw()).contains("[redacted]");
      assertThat(client.awaitMessage("elicitation/create").raw()).contains("Is [redacted] yours?");
      assertThat(client.received()).noneMatch(message -> message.raw().contains(SECRET));
      assertThat(client.received("notifications/progress").getFirst().raw()).contains("my-token");
    }
  }

  @ParameterizedTest
  @FieldSource("TRANSPORTS")
  void lists_pass(South south) {
    try (McpClient client = guarded.client(south, "ann").connect()) {
      assertThat(client.tools()).contains("tell", "talk");
    }
  }
}
