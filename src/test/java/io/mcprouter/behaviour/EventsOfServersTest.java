package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What happens at servers starts routes ({@code mcp-events}). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsOfServersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final List<Exchange> heard = new CopyOnWriteArrayList<>();
  private Peer peer;
  private RouterUnderTest router;
  private CamelContext camel;

  @BeforeAll
  void start() {
    peer = Peer.behaviour(South.HTTP);
    router = RouterUnderTest.start(servers());
    camel = router.bean(CamelContext.class);
  }

  private ServersFile servers() {
    return new ServersFile().with("shop", shared());
  }

  private ObjectNode shared() {
    return peer.sharedEntry();
  }

  @AfterAll
  void stop() {
    try {
      if (router != null) { // which may not have started
        router.close();
      }
    } finally {
      peer.close();
    }
  }

  @AfterEach
  void removeRoute() throws Exception {
    camel.getRouteController().stopRoute("events");
    camel.removeRoute("events");
    heard.clear();
  }

  private void route(String uri) throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(uri).routeId("events").process(exchange -> heard.add(exchange.copy()));
          }
        });
  }

  private Object call(String tool, Map<String, Object> arguments) throws Exception {
    Exchange done =
        camel
            .createProducerTemplate()
            .asyncSend(
                "mcp-call:shop/" + tool, exchange -> exchange.getMessage().setBody(arguments))
            .get(30, TimeUnit.SECONDS);
    assertThat(done.getException()).isNull();
    return done.getMessage().getBody();
  }

  private void awaitEvent(String kind, Map<String, Object> headers) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(heard)
                    .anySatisfy(
                        event -> {
                          Map<String, Object> all = event.getMessage().getHeaders();
                          assertThat(all).containsEntry("CamelMcpEvent", kind);
                          assertThat(all).containsAllEntriesOf(headers);
                        }));
  }

  @Test
  void a_list_that_changed_is_an_event() throws Exception {
    route("mcp-events:shop?kinds=list");
    try (McpClient client = McpClient.of(router).server("shop").user("ann").connect()) {
      client.tools();
      String tool = "t" + UUID.randomUUID().toString().substring(0, 8);

      call("addTool", Map.of("name", tool));

      awaitEvent("list", Map.of("CamelMcpServer", "shop"));
      assertThat(heard.getFirst().getMessage().getBody()).isEqualTo(Map.of("list", "tools"));
    }
  }

  @Test
  void a_resource_that_the_route_subscribed_to_is_an_event_even_after_the_server_was_gone()
      throws Exception {
    route("mcp-events:shop?kinds=resource&resources=test://counter");
    bumpUntilHeard();

    peer.kill();
    peer.start();
    heard.clear();

    bumpUntilHeard();
  }

  /** The counter is counted up until the route hears of it. */
  private void bumpUntilHeard() {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              call("bump", Map.of());
              return heard.stream()
                  .anyMatch(
                      event ->
                          "test://counter"
                              .equals(event.getMessage().getHeader("CamelMcpResource")));
            });
  }

  @Test
  void calls_are_events_where_they_are_wanted_and_say_nothing_of_arguments() throws Exception {
    route("mcp-events:*?kinds=call");

    try (McpClient client = McpClient.of(router).server("shop").user("bob").connect()) {
      client.call("fail", "{\"message\":\"secret\"}");
    }

    awaitEvent(
        "call",
        Map.of("CamelMcpServer", "shop", "CamelMcpTool", "fail", "CamelMcpStatus", "tool_error"));
    Exchange event =
        heard.stream()
            .filter(one -> "fail".equals(one.getMessage().getHeader("CamelMcpTool")))
            .findFirst()
            .orElseThrow();
    assertThat(event.getProperty("CamelMcpUser")).isEqualTo("bob");
    assertThat(event.getMessage().getBody().toString())
        .contains("tools/call", "milliseconds", "source=local")
        .doesNotContain("secret");
  }

  @Test
  void sessions_and_entries_that_come_and_go_are_events() throws Exception {
    route("mcp-events:*?kinds=status");
    call("echo", Map.of("message", "x"));

    peer.kill();
    try {
      router.edit(servers().with("new", shared()));

      awaitEvent("status", Map.of("CamelMcpServer", "new", "CamelMcpStatus", "added"));
      awaitEvent("status", Map.of("CamelMcpServer", "new", "CamelMcpStatus", "failed"));
    } finally {
      peer.start();
    }
    router.edit(servers());
    awaitEvent("status", Map.of("CamelMcpServer", "new", "CamelMcpStatus", "removed"));
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> call("echo", Map.of("message", "x")).equals("x"));
    awaitEvent("status", Map.of("CamelMcpServer", "shop", "CamelMcpStatus", "connected"));
  }
}
