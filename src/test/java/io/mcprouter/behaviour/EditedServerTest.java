package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients have of a server outlives an edit of its entry. */
class EditedServerTest {
  private static final String UPDATED = "notifications/resources/updated";
  private static final String COUNTER = "{\"uri\":\"test://counter\"}";

  private static void subscribeAndEdit(South south, UnaryOperator<ObjectNode> edit) {
    subscribeAndEdit(south, (peer, entry) -> edit.apply(entry), peer -> {});
  }

  private static void subscribeAndEdit(
      South south, BiFunction<Peer, ObjectNode, ObjectNode> edit, Consumer<Peer> afterwards) {
    try (Peer peer = Peer.behaviour(south);
        RouterUnderTest router =
            RouterUnderTest.start(new ServersFile().with("server", peer.entry()));
        McpClient client = McpClient.of(router).server("server").user("ada").connect()) {
      assertThat(client.ask("resources/subscribe", COUNTER).isError()).isFalse();

      router.edit(new ServersFile().with("server", edit.apply(peer, peer.entry())));
      await().until(() -> router.bean(RouteInstaller.class).byRoute("mcp.server.2") != null);
      afterwards.accept(peer);
      client.awaitMessage(UPDATED); // what changed in between was not heard
      int heard = client.received(UPDATED).size();
      client.say("bump", "{}");

      await().untilAsserted(() -> assertThat(client.received(UPDATED)).hasSizeGreaterThan(heard));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_subscription_goes_on_with_the_same_server_under_other_limits(South south) {
    subscribeAndEdit(south, entry -> entry.put("timeout", 12_345));
  }

  @ParameterizedTest
  @EnumSource(names = "STDIO", mode = EnumSource.Mode.EXCLUDE)
  void a_subscription_waits_for_a_server_that_is_not_up_yet(South south) {
    subscribeAndEdit(
        south,
        (peer, entry) -> {
          peer.kill();
          return entry.put("timeout", 12_345);
        },
        Peer::start);
  }

  @ParameterizedTest
  @EnumSource
  void a_subscription_goes_on_with_a_server_that_is_told_other_things(South south) {
    subscribeAndEdit(
        south,
        entry -> {
          entry.withObject(south == South.STDIO ? "/env" : "/headers").put("X-More", "1");
          return entry;
        });
  }
}
