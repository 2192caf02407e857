package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.testkit.FourServers;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.North;
import io.mcprouter.testkit.Pairs;
import io.mcprouter.testkit.South;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a server says without being asked: log messages, and updates of resources. */
@ExtendWith(FourServers.class)
class NewsTest {
  private static final String LOG = "notifications/message";
  private static final String UPDATED = "notifications/resources/updated";
  private static final String ELICITED = "notifications/elicitation/complete";
  private static final String COUNTER = "{\"uri\":\"test://counter\"}";

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void a_log_message_arrives_before_the_answer(
      North north, South south, FourServers.Running servers) {
    try (McpClient client = servers.client(south).over(north).user("log").connect()) {
      client.say("log", "{\"level\":\"warning\",\"text\":\"look out\"}");

      assertThat(client.received(LOG)).hasSize(1);
      assertThat(client.received(LOG).getFirst().params().toString())
          .contains("\"level\":\"warning\"", "\"data\":\"look out\"");
      assertThat(client.received().getLast().method()).as("the answer comes last").isEmpty();
    }
  }

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void a_level_holds_for_the_client_that_set_it(
      North north, South south, FourServers.Running servers) {
    String user = "levels-" + north + south;
    try (McpClient quiet = servers.client(south).over(north).user(user).connect()) {
      assertThat(quiet.ask("logging/setLevel", "{\"level\":\"error\"}").result()).hasToString("{}");
      quiet.say("log", "{\"level\":\"info\",\"text\":\"small talk\"}");
      quiet.say("log", "{\"level\":\"critical\",\"text\":\"fire\"}");

      assertThat(
              quiet.received(LOG).stream().map(message -> message.params().path("data").asText()))
          .containsExactly("fire");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_level_set_where_servers_are_merged_holds_for_all_of_them(
      South south, FourServers.Running servers) {
    try (McpClient client = McpClient.of(servers.router()).user("merged-log").connect()) {
      assertThat(client.ask("logging/setLevel", "{\"level\":\"error\"}").result())
          .hasToString("{}");
      client.say(south.server() + "__log", "{\"level\":\"info\",\"text\":\"small talk\"}");
      client.say(south.server() + "__log", "{\"level\":\"alert\",\"text\":\"fire\"}");

      assertThat(
              client.received(LOG).stream().map(message -> message.params().path("data").asText()))
          .containsExactly("fire");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_level_that_does_not_exist_is_refused(North north, FourServers.Running servers) {
    try (McpClient client = McpClient.of(servers.router()).over(north).user("log").connect()) {
      Message reply = client.ask("logging/setLevel", "{\"level\":\"loud\"}");

      assertThat(reply.error().path("code").asInt()).isEqualTo(-32602);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void an_update_reaches_the_clients_that_subscribed_until_they_unsubscribe(
      North north, South south, FourServers.Running servers) {
    String user = "updates-" + north + south;
    try (McpClient subscriber = servers.client(south).over(north).user(user).connect();
        McpClient bystander = servers.client(south).over(north).user(user).connect()) {
      assertThat(subscriber.ask("resources/subscribe", COUNTER).isError()).isFalse();

      bystander.say("bump", "{}");

      assertThat(subscriber.awaitMessage(UPDATED).params()).hasToString(COUNTER);
      assertThat(subscriber.ask("resources/unsubscribe", COUNTER).isError()).isFalse();
      int heard = subscriber.received(UPDATED).size();
      bystander.say("bump", "{}");
      subscriber.say("echo", "{\"message\":\"after\"}");
      assertThat(subscriber.received(UPDATED)).hasSize(heard);
      assertThat(bystander.received(UPDATED)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_subscription_outlives_one_of_its_two_subscribers(
      South south, FourServers.Running servers) {
    String user = "two-" + south;
    try (McpClient stays = servers.client(south).user(user).connect()) {
      McpClient goes = servers.client(south).user(user).connect();
      stays.ask("resources/subscribe", COUNTER);
      goes.ask("resources/subscribe", COUNTER);

      goes.close();
      stays.say("bump", "{}");

      stays.awaitMessage(UPDATED);
    }
  }

  /**
   * All four list the same URI: the first in the file has it, the others' news are not about it.
   */
  @ParameterizedTest
  @EnumSource
  void a_merged_client_hears_of_the_updates_of_the_server_that_has_the_uri(
      South south, FourServers.Running servers) {
    try (McpClient one = servers.client(south).user("merged-updates").connect();
        McpClient all = McpClient.of(servers.router()).user("merged-updates").connect()) {
      assertThat(all.ask("resources/subscribe", COUNTER).isError()).isFalse();
      boolean first = south == South.values()[0];

      one.say("bump", "{}");
      one.say("echo", "{\"message\":\"after\"}");

      await().untilAsserted(() -> assertThat(all.received(UPDATED)).hasSize(first ? 1 : 0));
    }
  }

  /** A server asks for a sign-in by its address, and says when that is done (2025-11-25). */
  @ParameterizedTest
  @CsvSource({"/mcp, http__", "/sets/chat, stdio__", "/servers/websocket, ''"})
  void the_client_that_was_asked_to_open_an_address_hears_that_this_is_done(
      String path, String prefix, FourServers.Running servers) {
    McpClient.Setup setup =
        McpClient.of(servers.router())
            .view(path.replaceAll("/mcp$", ""))
            .user("elicited")
            .capabilities("{\"elicitation\":{\"form\":{},\"url\":{}}}");
    try (McpClient asked = setup.connect();
        McpClient bystander = setup.connect()) {
      bystander.say(prefix + "echo", "{\"message\":\"x\"}");

      // over HTTP it is lost when the server says it before the router listens
      await()
          .until(
              () -> {
                asked.say(prefix + "saysElicited", "{\"elicitationId\":\"e-1\"}");
                return !asked.received(ELICITED).isEmpty();
              });
      assertThat(asked.awaitMessage(ELICITED).params()).hasToString("{\"elicitationId\":\"e-1\"}");
      bystander.say(prefix + "echo", "{\"message\":\"x\"}");
      assertThat(bystander.received(ELICITED)).isEmpty();
    }
  }
}
