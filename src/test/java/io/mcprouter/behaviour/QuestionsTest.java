package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcprouter.testkit.FourServers;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.North;
import io.mcprouter.testkit.Pairs;
import io.mcprouter.testkit.South;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a server asks during a call goes to the client that made the call, and to nobody else. */
@ExtendWith(FourServers.class)
class QuestionsTest {
  private static final String ELICITATION = "elicitation/create";
  private static final String EVERYTHING =
      "{\"sampling\":{},\"elicitation\":{},\"roots\":{\"listChanged\":true}}";

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void sampling_is_relayed_with_everything_in_it(
      North north, South south, FourServers.Running servers) {
    String sampled =
        "{\"role\":\"assistant\",\"model\":\"m-1\",\"content\":{\"type\":\"text\",\"text\":\"42\"}}";
    try (McpClient client =
        asking(servers, north, south)
            .answering("sampling/createMessage", question -> sampled)
            .connect()) {
      Message reply = client.call("sample", "{\"prompt\":\"the question\"}");

      assertThat(reply.told().path("model").asText()).isEqualTo("m-1");
      assertThat(client.received("sampling/createMessage").getFirst().raw())
          .contains("\"text\":\"the question\"")
          .contains("\"maxTokens\":50");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void progress_on_a_question_reaches_the_server_that_asked(
      North north, South south, FourServers.Running servers) {
    try (McpClient client = asking(servers, north, south).connect()) {
      McpClient.Pending call = client.start("sampleSlowly", "{}");
      Message question = client.awaitMessage("sampling/createMessage");
      JsonNode token = question.params().path("_meta").path("progressToken");
      client.notify("notifications/progress", "{\"progressToken\":" + token + ",\"progress\":7}");
      client.awaitMessage("notifications/message", heard -> heard.raw().contains("heard 7"));
      client.answer(
          question,
          "{\"role\":\"assistant\",\"model\":\"m\",\"content\":{\"type\":\"text\",\"text\":\"x\"}}");

      assertThat(call.reply().told().path("model").asText()).isEqualTo("m");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void elicitation_is_relayed_and_so_are_the_three_answers(
      North north, South south, FourServers.Running servers) {
    Function<Message, String> person =
        question ->
            switch (question.params().path("message").asText()) {
              case "yes" -> "{\"action\":\"accept\",\"content\":{\"answer\":\"blue\"}}";
              case "no" -> "{\"action\":\"decline\"}";
              default -> "{\"action\":\"cancel\"}";
            };
    try (McpClient client =
        asking(servers, north, south).answering(ELICITATION, person).connect()) {
      assertThat(client.say("elicit", "{\"label\":\"yes\"}"))
          .contains("\"action\":\"accept\"", "\"answer\":\"blue\"");
      assertThat(client.say("elicit", "{\"label\":\"no\"}")).contains("\"action\":\"decline\"");
      assertThat(client.say("elicit", "{\"label\":\"?\"}")).contains("\"action\":\"cancel\"");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void roots_are_the_callers(North north, South south, FourServers.Running servers) {
    String roots = "{\"roots\":[{\"uri\":\"file:///of/this/client\",\"name\":\"mine\"}]}";
    try (McpClient client =
        asking(servers, north, south).answering("roots/list", question -> roots).connect()) {
      assertThat(client.say("roots", "{}")).contains("file:///of/this/client");
    }
  }

  @ParameterizedTest
  @EnumSource
  void questions_of_a_merged_server_reach_the_client_too(South south, FourServers.Running servers) {
    try (McpClient client =
        McpClient.of(servers.router())
            .user("questions")
            .capabilities(EVERYTHING)
            .answering(ELICITATION, question -> "{\"action\":\"decline\"}")
            .connect()) {
      assertThat(client.say(south.server() + "__elicit", "{}")).contains("decline");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_client_that_declares_nothing_is_asked_nothing(South south, FourServers.Running servers) {
    try (McpClient client = servers.client(south).user("silent").connect()) {
      assertThat(client.say("elicit", "{}")).contains("\"action\":\"decline\"");
      for (String tool : List.of("sample", "roots")) {
        Message reply = client.call(tool);

        assertThat(reply.result().path("isError").asBoolean()).as("%s", reply).isTrue();
      }
      assertThat(client.received()).allMatch(message -> message.method().isEmpty());
    }
  }

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void two_users_who_are_asked_at_once_each_see_their_own_question(
      North north, South south, FourServers.Running servers) {
    try (McpClient ada = asking(servers, north, south).user("ada").connect();
        McpClient bob = asking(servers, north, south).user("bob").connect()) {
      eachSeesTheirOwn(ada, bob);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void two_clients_of_one_user_who_are_asked_at_once_each_see_their_own_question(
      North north, South south, FourServers.Running servers) {
    try (McpClient ada = asking(servers, north, south).connect();
        McpClient bob = asking(servers, north, south).connect()) {
      eachSeesTheirOwn(ada, bob);
    }
  }

  private static void eachSeesTheirOwn(McpClient ada, McpClient bob) {
    McpClient.Pending hers = ada.start("elicit", "{\"label\":\"for ada\"}");
    McpClient.Pending his = bob.start("elicit", "{\"label\":\"for bob\"}");
    Message toAda = ada.awaitMessage(ELICITATION);
    Message toBob = bob.awaitMessage(ELICITATION);
    bob.answer(toBob, "{\"action\":\"accept\",\"content\":{\"answer\":\"bob's\"}}");
    ada.answer(toAda, "{\"action\":\"accept\",\"content\":{\"answer\":\"ada's\"}}");

    assertThat(hers.reply().text()).contains("for ada").contains("ada's");
    assertThat(his.reply().text()).contains("for bob").contains("bob's");
    assertThat(ada.received(ELICITATION)).hasSize(1);
    assertThat(bob.received(ELICITATION)).hasSize(1);
    assertThat(toAda.params().path("message").asText()).isEqualTo("for ada");
    assertThat(toBob.params().path("message").asText()).isEqualTo("for bob");
  }

  /** Where all calls share one line to the server, nothing says which of two calls asks. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HTTP")
  void a_question_that_two_open_calls_may_have_asked_is_declined(
      South south, FourServers.Running servers) {
    try (McpClient client = asking(servers, North.HTTP, south).connect()) {
      McpClient.Pending other = client.start("sleep", "{\"label\":\"rogue\"}");
      org.awaitility.Awaitility.await()
          .untilAsserted(() -> assertThat(client.say("stats", "{}")).contains("rogue"));

      assertThat(client.say("elicit", "{\"label\":\"whose?\"}")).contains("decline");
      assertThat(client.received(ELICITATION)).isEmpty();
      client.cancel(other);
    }
  }

  /** Each call of streamable HTTP has a stream of its own, by which its questions are known. */
  @ParameterizedTest
  @EnumSource(names = "HTTP")
  void a_question_on_a_calls_own_stream_is_known_among_many(
      South south, FourServers.Running servers) {
    try (McpClient client = asking(servers, North.HTTP, south).connect()) {
      McpClient.Pending other = client.start("sleep", "{\"label\":\"known\"}");
      McpClient.Pending asked = client.start("elicit", "{\"label\":\"mine\"}");

      client.answer(client.awaitMessage(ELICITATION), "{\"action\":\"decline\"}");

      assertThat(asked.reply().text()).contains("mine").contains("decline");
      client.cancel(other);
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_error_as_the_answer_goes_back_to_the_server(South south, FourServers.Running servers) {
    try (McpClient client = asking(servers, North.HTTP, south).connect()) {
      McpClient.Pending call = client.start("sample", "{}");
      Message question = client.awaitMessage("sampling/createMessage");

      client.send(
          "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":-1,\"message\":\"User rejected\"}}"
              .formatted(question.json().path("id")));

      Message reply = call.reply();
      assertThat(reply.result().path("isError").asBoolean()).isTrue();
      assertThat(reply.text()).contains("User rejected");
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_answer_to_a_question_that_was_never_asked_is_dropped(
      South south, FourServers.Running servers) {
    try (McpClient client = asking(servers, North.HTTP, south).connect()) {
      client.send("{\"jsonrpc\":\"2.0\",\"id\":424242,\"result\":{\"action\":\"accept\"}}");
      client.send("{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"result\":{}}");

      assertThat(client.say("echo", "{\"message\":\"fine\"}")).isEqualTo("fine");
    }
  }

  private static McpClient.Setup asking(FourServers.Running servers, North north, South south) {
    return servers.client(south).over(north).user("questions").capabilities(EVERYTHING);
  }
}
