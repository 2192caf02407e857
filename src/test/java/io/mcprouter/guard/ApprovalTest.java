package io.mcprouter.guard;

import static io.mcprouter.guard.Approving.ACCEPT;
import static io.mcprouter.guard.Approving.CAN_ASK;
import static io.mcprouter.guard.Approving.ELICITATION;
import static io.mcprouter.guard.Approving.assertRefused;
import static io.mcprouter.guard.Approving.decide;
import static io.mcprouter.guard.Approving.theOne;
import static io.mcprouter.guard.Approving.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcprouter.routing.guard.Approvals;
import io.mcprouter.routing.guard.AwayClient;
import io.mcprouter.testkit.Api;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.North;
import io.mcprouter.testkit.South;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever is first decides, in the client or in the API; nothing is sent before. */
class ApprovalTest {
  private static final String PAY = "{\"to\":\"bob\", \"amount\": 1.50}";

  private static Guarded guarded;

  @BeforeAll
  static void start() {
    guarded = new Guarded("[{\"approval\":{\"message\":\"Look twice.\"}}]");
    guarded.tool("pay", Guarded.UNKNOWN, call -> call.text("paid"));
    guarded.tool("look", Guarded.READ_ONLY, call -> call.text("seen"));
  }

  @AfterAll
  static void stop() {
    guarded.close();
  }

  static Stream<Arguments> pairs() {
    return Guarded.TRANSPORTS.stream()
        .flatMap(south -> Stream.of(North.values()).map(north -> Arguments.of(north, south)));
  }

  private static int calls() {
    return Guarded.TRANSPORTS.stream()
        .mapToInt(each -> guarded.server(each).calls("pay").size())
        .sum();
  }

  private static Api api(String user) {
    return Api.of(guarded.router(), "X-MCP-User-Id", user);
  }

  private static McpClient.Setup client(North north, South south) {
    return guarded.client(south, "ann").over(north);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void a_call_goes_on_when_its_user_agrees_in_the_api(North north, South south) {
    int before = calls();
    try (McpClient client = client(north, south).connect()) {
      McpClient.Pending call = client.start("pay", PAY);
      JsonNode approval = theOne(api("ann"));

      assertThat(approval.path("user").asText()).isEqualTo("ann");
      assertThat(approval.path("server").asText()).isEqualTo(south.server());
      assertThat(approval.path("tool").asText()).isEqualTo("pay");
      assertThat(approval.path("arguments").path("to").asText()).isEqualTo("bob");
      assertThat(approval.path("message").asText()).isEqualTo("Look twice.");
      assertThat(calls()).isEqualTo(before);
      assertThat(call.isOpen()).isTrue();
      assertThat(decide(api("ann"), approval, "approve").status()).isEqualTo(204);
      assertThat(call.reply().text()).isEqualTo("paid");
      assertThat(calls()).isEqualTo(before + 1);
      assertThat(waiting(api("ann"))).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void a_call_goes_on_when_its_user_agrees_in_the_client(North north, South south) {
    int before = calls();
    try (McpClient client = client(north, south).capabilities(CAN_ASK).connect()) {
      McpClient.Pending call = client.start("pay", PAY);
      Message question = client.awaitMessage(ELICITATION);

      assertThat(question.params().path("message").asText())
          .isEqualTo(
              "Look twice.\n\nServer: %s\nTool: pay\nArguments: {\"to\":\"bob\",\"amount\":1.50}"
                  .formatted(south.server()));
      assertThat(question.params().path("requestedSchema").path("type").asText())
          .isEqualTo("object");
      assertThat(calls()).isEqualTo(before);
      client.answer(question, ACCEPT);
      assertThat(call.reply().text()).isEqualTo("paid");
      assertThat(calls()).isEqualTo(before + 1);
      assertThat(waiting(api("ann"))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"decline", "cancel"})
  void a_call_is_refused_when_its_user_says_no_in_the_client(String action) {
    int before = calls();
    try (McpClient client =
        client(North.WEBSOCKET, South.HTTP)
            .capabilities(CAN_ASK)
            .answering(ELICITATION, question -> "{\"action\":\"" + action + "\"}")
            .connect()) {
      assertRefused(client.call("pay", PAY), "its user");
      assertThat(calls()).isEqualTo(before);
    }
  }

  @Test
  void a_call_is_refused_when_it_is_declined_in_the_api_which_says_why() {
    int before = calls();
    try (McpClient client = client(North.HTTP, South.HTTP).connect()) {
      McpClient.Pending call = client.start("pay", PAY);
      String path = "/api/approvals/" + theOne(api("ann")).path("id").asText();

      assertThat(api("ann").post(path, "{\"decision\":\"perhaps\"}").status()).isEqualTo(400);
      assertThat(
              api("ann").post(path, "{\"decision\":\"decline\",\"reason\":\"too much\"}").status())
          .isEqualTo(204);
      assertRefused(call.reply(), "declined in the router's API (too much)");
      Api.Answer again = api("ann").post(path, "{\"decision\":\"approve\"}");
      assertThat(again.status()).isEqualTo(409);
      assertThat(again.at("/code")).isEqualTo("decided-already");
      assertThat(calls()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void what_the_api_decides_takes_the_question_back_from_the_client(North north, South south) {
    try (McpClient client = client(north, south).capabilities(CAN_ASK).connect()) {
      McpClient.Pending call = client.start("pay", PAY);
      Message question = client.awaitMessage(ELICITATION);
      decide(api("ann"), theOne(api("ann")), "approve");

      Message cancelled = client.awaitMessage("notifications/cancelled");
      assertThat(cancelled.params().path("requestId")).isEqualTo(question.json().path("id"));
      assertThat(call.reply().text()).isEqualTo("paid");
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void a_cancelled_call_leaves_the_list_at_once_and_is_never_sent(North north, South south) {
    int before = calls();
    try (McpClient client = client(north, south).capabilities(CAN_ASK).connect()) {
      McpClient.Pending call = client.start("pay", PAY);
      JsonNode approval = theOne(api("ann"));
      client.awaitMessage(ELICITATION);
      client.cancel(call);

      await().until(() -> waiting(api("ann")).isEmpty());
      client.awaitMessage("notifications/cancelled");
      assertThat(decide(api("ann"), approval, "approve").status()).isEqualTo(409);
      assertThat(client.say("look", "{}")).isEqualTo("seen");
      assertThat(calls()).isEqualTo(before);
    }
  }

  @Test
  void a_client_that_goes_away_takes_its_calls_with_it() {
    McpClient client = client(North.WEBSOCKET, South.HTTP).connect();
    client.start("pay", PAY);
    theOne(api("ann"));
    client.vanish();

    await().until(() -> waiting(api("ann")).isEmpty());
  }

  /** It could come back for the answer; until then nobody would get it. */
  @Test
  void nobody_agrees_while_a_client_over_http_is_away() {
    int before = calls();
    McpClient client = client(North.HTTP, South.HTTP).capabilities(CAN_ASK).connect();
    client.start("pay", PAY);
    JsonNode approval = theOne(api("ann"));
    client.awaitMessage(ELICITATION); // on the stream of the call
    client.vanish();
    Approvals approvals = guarded.router().bean(Approvals.class);
    await().until(() -> AwayClient.isAway(approvals, approval.path("id").asText()));

    Api.Answer refused = decide(api("ann"), approval, "approve");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.at("/code")).isEqualTo("client-away");
    assertThat(decide(api("ann"), approval, "decline").status()).isEqualTo(204);
    assertThat(calls()).isEqualTo(before);
  }

  @Test
  void a_client_over_http_that_has_no_stream_takes_its_calls_with_it() {
    McpClient client = client(North.HTTP, South.HTTP).connect();
    client.start("pay", PAY);
    theOne(api("ann"));
    client.vanish();

    await().until(() -> waiting(api("ann")).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"elicitation\":{\"url\":{}}}", "{\"sampling\":{}}", "{}"})
  void a_client_that_has_no_forms_is_not_asked(String capabilities) {
    try (McpClient client = client(North.HTTP, South.HTTP).capabilities(capabilities).connect()) {
      McpClient.Pending call = client.start("pay", PAY);
      decide(api("ann"), theOne(api("ann")), "approve");

      assertThat(call.reply().text()).isEqualTo("paid");
      assertThat(client.received(ELICITATION)).isEmpty();
    }
  }

  @Test
  void a_client_whose_answer_is_an_error_leaves_it_to_the_api() {
    try (McpClient client = client(North.HTTP, South.HTTP).capabilities(CAN_ASK).connect()) {
      McpClient.Pending call = client.start("pay", PAY);
      client.send(
          "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":-32603,\"message\":\"no window\"}}"
              .formatted(client.awaitMessage(ELICITATION).json().path("id")));
      assertThat(client.say("look", "{}")).isEqualTo("seen");
      assertThat(call.isOpen()).isTrue();
      decide(api("ann"), theOne(api("ann")), "approve");

      assertThat(call.reply().text()).isEqualTo("paid");
    }
  }

  @Test
  void what_does_not_show_is_written_as_an_escape_in_the_question() {
    try (McpClient client =
        client(North.HTTP, South.HTTP)
            .capabilities(CAN_ASK)
            .answering(ELICITATION, question -> "{\"action\":\"decline\"}")
            .connect()) {
      client.call("pay", "{\n\n\n\"to\":\"a\u202eb \\\"\\\\\" , \"x\":\"\uD83D\uDE00\"}");

      assertThat(client.awaitMessage(ELICITATION).params().path("message").asText())
          .endsWith("Arguments: {\"to\":\"a\\u202eb \\\"\\\\\",\"x\":\"\uD83D\uDE00\"}");
    }
  }

  @Test
  void calls_that_nobody_can_read_are_refused() {
    int before = calls();
    String long_ = "\"" + "x".repeat(70_000) + "\"";
    try (McpClient client = client(North.HTTP, South.HTTP).connect()) {
      assertRefused(client.call("pay", "{\"to\":" + long_ + "}"), "too long to read");
      assertRefused(
          client.ask("tools/call", "{\"name\":\"pay\",\"_meta\":{\"x\":" + long_ + "}}"),
          "too long to read");
      Message reply = client.call("p".repeat(300));
      assertRefused(reply, "too long to read");
      assertThat(reply.text()).contains("'" + "p".repeat(256) + "…'");
      assertThat(calls()).isEqualTo(before);
    }
  }

  /** Of two members of one name, servers take the first or the last. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'name':'pay','arguments':{'to':'ann'},'arguments':{'to':'eve'}}",
        "{'name':'pay','arguments':{'to':'ann'},'argument\\u0073':{'to':'eve'}}",
        "{'name':'pay','arguments':{'to':'ann','to':'eve'}}",
        "{'name':'pay','arguments':{'of':[{'to':'ann','to':'eve'}]}}",
        "{'name':'pay','arguments':{'to':'ann'},'task':{'ttl':60000}}"
      })
  void a_call_that_could_be_taken_for_another_is_refused(String params) {
    int before = calls();
    try (McpClient client = client(North.HTTP, South.HTTP).connect()) {
      assertRefused(client.ask("tools/call", params.replace('\'', '"')), "was not called");
      assertThat(calls()).isEqualTo(before);
      assertThat(waiting(api("ann"))).isEmpty();
    }
  }

  @Test
  void a_client_of_a_revision_without_questions_is_not_asked() {
    try (McpClient client =
        client(North.HTTP, South.HTTP).revision("2025-03-26").capabilities(CAN_ASK).connect()) {
      McpClient.Pending call = client.start("pay", PAY);
      decide(api("ann"), theOne(api("ann")), "approve");

      assertThat(call.reply().text()).isEqualTo("paid");
      assertThat(client.received(ELICITATION)).isEmpty();
    }
  }

  @Test
  void the_audit_log_says_who_decided_wherever_that_was() {
    Api api = api("dan");
    try (McpClient client =
        guarded
            .client(South.HTTP, "dan")
            .capabilities(CAN_ASK)
            .answering(ELICITATION, question -> ACCEPT)
            .connect()) {
      client.say("pay", PAY);
    }
    try (McpClient client = guarded.client(South.HTTP, "dan").connect()) {
      McpClient.Pending call = client.start("pay", PAY);
      decide(api, theOne(api), "decline");
      call.reply();
    }
    JsonNode entries =
        await()
            .until(
                () -> api.get("/api/audit?user=dan&action=approvals.decide").json().path("entries"),
                found -> found.size() == 2);
    assertThat(entries)
        .allSatisfy(
            each -> {
              assertThat(each.path("user").asText()).isEqualTo("dan");
              assertThat(each.path("server").asText()).isEqualTo("http");
              assertThat(each.path("outcome").asText()).isEqualTo("ok");
            });
    assertThat(List.of(entries.get(0), entries.get(1)))
        .extracting(each -> each.path("details").asText())
        .anySatisfy(text -> assertThat(text).startsWith("approved the call of 'pay' by user 'dan'"))
        .anySatisfy(
            text -> assertThat(text).startsWith("declined the call of 'pay' by user 'dan'"));
  }
}
