package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.testkit.FourServers;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.North;
import io.mcprouter.testkit.Pairs;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists that change, because a server says so or because the servers file was edited. */
@ExtendWith(FourServers.class)
class ListChangesTest {
  private static final String TOOLS_CHANGED = "notifications/tools/list_changed";

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void a_client_of_one_server_hears_that_its_tools_changed(
      North north, South south, FourServers.Running servers) {
    String tool = newTool();
    try (McpClient client = servers.client(south).over(north).user("lists").connect()) {
      assertThat(client.tools()).doesNotContain(tool);

      client.say("addTool", "{\"name\":\"" + tool + "\"}");

      client.awaitMessage(TOOLS_CHANGED);
      assertThat(client.tools()).contains(tool);
      assertThat(client.say(tool, "{}")).isEqualTo(tool + " answers");
      client.say("removeTool", "{\"name\":\"" + tool + "\"}");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void a_client_of_everything_hears_it_when_the_new_list_is_there(
      North north, South south, FourServers.Running servers) {
    String tool = newTool();
    String name = south.server() + "__" + tool;
    try (McpClient client =
        McpClient.of(servers.router()).over(north).user("merged-lists").connect()) {
      await().until(() -> client.tools().contains(south.server() + "__addTool"));
      int heard = client.received(TOOLS_CHANGED).size();

      client.say(south.server() + "__addTool", "{\"name\":\"" + tool + "\"}");

      await().until(() -> client.received(TOOLS_CHANGED).size() > heard);
      await().untilAsserted(() -> assertThat(client.tools()).contains(name));
      assertThat(client.say(name, "{}")).isEqualTo(tool + " answers");
      client.say(south.server() + "__removeTool", "{\"name\":\"" + tool + "\"}");
      await().untilAsserted(() -> assertThat(client.tools()).doesNotContain(name));
    }
  }

  private static String newTool() {
    return "t" + UUID.randomUUID().toString().substring(0, 8);
  }

  @ParameterizedTest
  @EnumSource
  void servers_come_and_go_with_the_servers_file(North north) {
    try (Peer first = Peer.behaviour(South.HTTP);
        Peer second = Peer.behaviour(South.WEBSOCKET)) {
      ServersFile file = new ServersFile().with("first", first.entry());
      try (RouterUnderTest router = RouterUnderTest.start(file);
          McpClient client = McpClient.of(router).over(north).connect()) {
        await().until(() -> client.tools().contains("first__echo"));
        McpClient.Pending call = client.start("first__sleep", "{\"ms\":2000,\"label\":\"flight\"}");
        await().until(() -> first.stats().path("running").size() == 1);
        int heard = client.received(TOOLS_CHANGED).size();

        router.edit(file.with("second", second.entry()).without("first"));

        await().until(() -> client.received(TOOLS_CHANGED).size() > heard);
        await()
            .untilAsserted(
                () ->
                    assertThat(client.tools())
                        .contains("second__echo")
                        .noneMatch(name -> name.startsWith("first__")));
        assertThat(client.call("first__echo").error().path("code").asInt()).isEqualTo(-32602);
        assertThat(client.say("second__echo", "{\"message\":\"new\"}")).isEqualTo("new");
        // a call in flight finishes on the old route, and then nothing is left of the old server
        assertThat(call.reply().text()).isEqualTo("slept 2000 ms");
        await().untilAsserted(() -> assertThat(first.stats().path("open").asInt()).isZero());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = "HTTP")
  void a_wrong_edit_leaves_the_servers_as_they_were(North north) {
    try (Peer peer = Peer.behaviour(South.HTTP)) {
      ServersFile file = new ServersFile().with("good", peer.entry());
      try (RouterUnderTest router = RouterUnderTest.start(file);
          McpClient client = McpClient.of(router).over(north).connect()) {
        await().until(() -> client.tools().contains("good__echo"));

        router.edit("mcpServers: {good: {url: [}");
        router.edit(new ServersFile().with("good", peer.entry()).with("more", peer.entry()));

        await().until(() -> client.tools().contains("more__echo"));
        assertThat(client.say("good__echo", "{\"message\":\"x\"}")).isEqualTo("x");
      }
    }
  }

  @Test
  void each_view_hears_of_the_edits_that_change_its_lists() {
    try (Peer peer = Peer.behaviour(South.HTTP)) {
      ServersFile file =
          new ServersFile()
              .with("one", peer.entry())
              .with("two", peer.entry())
              .toolset("own", "one", "two");
      try (RouterUnderTest router = RouterUnderTest.start(file);
          McpClient all = McpClient.of(router).connect();
          McpClient chat = McpClient.of(router).view("/sets/chat").connect();
          McpClient own = McpClient.of(router).view("/sets/own").connect();
          McpClient two = McpClient.of(router).server("two").connect()) {
        router.edit(file.with("two", peer.entry().put("chatMenu", false)));
        awaitHeard(1, all, chat, own, two);

        router.edit(file.with("one", peer.entry().put("title", "One")).toolset("own", "two"));
        awaitHeard(2, all, chat, own);

        router.edit(file.without("two"));
        awaitHeard(3, all, own);
        awaitHeard(2, two);

        assertThat(chat.received(TOOLS_CHANGED)).as("its one server stayed").hasSize(2);
        assertThat(chat.tools()).contains("one__echo");
      }
    }
  }

  private static void awaitHeard(int times, McpClient... clients) {
    for (McpClient client : clients) {
      await().untilAsserted(() -> assertThat(client.received(TOOLS_CHANGED)).hasSize(times));
    }
  }
}
