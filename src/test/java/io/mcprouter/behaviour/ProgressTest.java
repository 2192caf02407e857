package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.testkit.FourServers;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.North;
import io.mcprouter.testkit.Pairs;
import io.mcprouter.testkit.South;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a server says of the progress of a call. */
@ExtendWith(FourServers.class)
class ProgressTest {
  private static final String PROGRESS = "notifications/progress";

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void progress_arrives_in_order_before_the_answer_under_the_clients_own_token(
      North north, South south, FourServers.Running servers) {
    try (McpClient client = servers.client(south).over(north).user("progress").connect()) {
      for (String token : List.of("\"a token\"", "7", "0", "\"7\"")) {
        int before = client.received().size();

        client.start("progress", "{\"steps\":5,\"delayMs\":1}", token).reply();

        List<Message> heard = client.received().subList(before, client.received().size());
        assertThat(heard.stream().map(Message::method))
            .containsExactly(PROGRESS, PROGRESS, PROGRESS, PROGRESS, PROGRESS, "");
        assertThat(progress(heard).map(message -> message.params().path("progress").asInt()))
            .containsExactly(1, 2, 3, 4, 5);
        assertThat(
                progress(heard).map(message -> message.params().path("progressToken").toString()))
            .containsOnly(token);
        assertThat(heard.getFirst().raw()).contains("\"total\":5,\"message\":\"step 1 of 5\"");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void calls_at_the_same_time_each_hear_of_their_own_progress(
      South south, FourServers.Running servers) {
    try (McpClient client =
        servers.client(south).over(North.WEBSOCKET).user("progress").connect()) {
      List<McpClient.Pending> calls =
          Stream.of("\"a\"", "\"b\"", "1", "2")
              .map(token -> client.start("progress", "{\"steps\":4,\"delayMs\":2}", token))
              .toList();
      calls.forEach(McpClient.Pending::reply);

      for (String token : List.of("\"a\"", "\"b\"", "1", "2")) {
        assertThat(
                client.received(PROGRESS).stream()
                    .filter(
                        message -> message.params().path("progressToken").toString().equals(token))
                    .map(message -> message.params().path("progress").asInt()))
            .containsExactly(1, 2, 3, 4);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void two_clients_with_the_same_token_hear_of_their_own_calls_only(
      South south, FourServers.Running servers) {
    try (McpClient one = servers.client(south).user("progress").connect();
        McpClient other = servers.client(south).user("progress").connect()) {
      McpClient.Pending short2 = one.start("progress", "{\"steps\":2,\"delayMs\":5}", "1");
      McpClient.Pending long6 = other.start("progress", "{\"steps\":6,\"delayMs\":5}", "1");
      short2.reply();
      long6.reply();

      assertThat(one.received(PROGRESS)).hasSize(2);
      assertThat(other.received(PROGRESS)).hasSize(6);
    }
  }

  @ParameterizedTest
  @EnumSource
  void without_a_token_there_is_no_progress(South south, FourServers.Running servers) {
    try (McpClient client = servers.client(south).user("progress").connect()) {
      client.say("progress", "{\"steps\":3,\"delayMs\":1}");

      assertThat(client.received(PROGRESS)).isEmpty();
    }
  }

  private static Stream<Message> progress(List<Message> heard) {
    return heard.stream().filter(message -> message.method().equals(PROGRESS));
  }
}
