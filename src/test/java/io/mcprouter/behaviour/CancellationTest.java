package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.testkit.FourServers;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.North;
import io.mcprouter.testkit.Pairs;
import io.mcprouter.testkit.South;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that does not want an answer any more; the server hears of it at once. */
@ExtendWith(FourServers.class)
class CancellationTest {
  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void a_call_that_the_client_cancels_is_cancelled_at_the_server(
      North north, South south, FourServers.Running servers) {
    String label = UUID.randomUUID().toString();
    try (McpClient watcher = servers.client(south).user("cancel").connect();
        McpClient client = servers.client(south).over(north).user("cancel").connect()) {
      McpClient.Pending call = start(client, watcher, label, "");

      client.cancel(call);

      awaitCancelled(watcher, label);
    }
  }

  /** A client that has cancelled knows the id no more; but every POST needs an answer. */
  @ParameterizedTest
  @EnumSource
  void a_call_that_the_client_cancels_is_answered_only_where_a_post_waits(
      North north, FourServers.Running servers) {
    String label = UUID.randomUUID().toString();
    try (McpClient watcher = servers.client(South.HTTP).user("cancel").connect();
        McpClient client = servers.client(South.HTTP).over(north).user("cancel").connect()) {
      McpClient.Pending call = start(client, watcher, label, "");

      client.cancel(call);

      awaitCancelled(watcher, label);
      if (north == North.HTTP) {
        assertThat(call.reply().isError()).isTrue();
      }
      assertThat(client.say("echo", "{\"message\":\"after\"}")).isEqualTo("after");
      assertThat(call.isOpen()).isEqualTo(north != North.HTTP);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void a_client_that_vanishes_cancels_what_it_had_open(
      North north, South south, FourServers.Running servers) {
    String label = UUID.randomUUID().toString();
    try (McpClient watcher = servers.client(south).user("cancel").connect()) {
      McpClient client = servers.client(south).over(north).user("cancel").connect();
      start(client, watcher, label, "");

      client.vanish();

      awaitCancelled(watcher, label);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_client_that_ends_its_session_cancels_what_it_had_open(
      South south, FourServers.Running servers) {
    String label = UUID.randomUUID().toString();
    try (McpClient watcher = servers.client(south).user("cancel").connect()) {
      McpClient client = servers.client(south).user("cancel").connect();
      start(client, watcher, label, "");

      client.close();

      awaitCancelled(watcher, label);
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_several_calls_only_the_one_that_is_named_is_cancelled(
      South south, FourServers.Running servers) {
    String stays = UUID.randomUUID().toString();
    String goes = UUID.randomUUID().toString();
    try (McpClient watcher = servers.client(south).user("cancel").connect();
        McpClient client = servers.client(south).user("cancel").connect();
        McpClient other = servers.client(south).user("cancel").connect()) {
      McpClient.Pending first = start(client, watcher, stays, ",\"ms\":1500");
      McpClient.Pending second = start(client, watcher, goes, "");
      // another client's request of the same id is not meant
      other.notify("notifications/cancelled", "{\"requestId\":" + first.id() + "}");
      client.notify("notifications/cancelled", "{\"requestId\":\"" + first.id() + "\"}");

      client.cancel(second);

      awaitCancelled(watcher, goes);
      assertThat(first.reply().text()).isEqualTo("slept 1500 ms");
      assertThat(watcher.say("cancelled", "{}")).doesNotContain(stays);
    }
  }

  @ParameterizedTest
  @EnumSource
  void to_cancel_what_is_answered_or_never_was_does_nothing(
      South south, FourServers.Running servers) {
    try (McpClient client = servers.client(south).user("cancel").connect()) {
      McpClient.Pending done = client.start("echo", "{\"message\":\"x\"}");
      done.reply();

      client.cancel(done);
      client.notify("notifications/cancelled", "{\"requestId\":\"never\"}");
      client.notify("notifications/cancelled", "{}");

      assertThat(client.say("echo", "{\"message\":\"y\"}")).isEqualTo("y");
    }
  }

  /** A call of the tool that sleeps until it is cancelled, which the server has begun. */
  private static McpClient.Pending start(
      McpClient client, McpClient watcher, String label, String more) {
    McpClient.Pending call = client.start("sleep", "{\"label\":\"" + label + "\"" + more + "}");
    await()
        .untilAsserted(
            () ->
                assertThat(watcher.call("stats").told().path("running").toString())
                    .contains(label));
    return call;
  }

  private static void awaitCancelled(McpClient watcher, String label) {
    await().untilAsserted(() -> assertThat(watcher.say("cancelled", "{}")).contains(label));
  }
}
