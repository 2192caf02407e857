package io.mcprouter.integration.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcprouter.integration.Json;
import io.mcprouter.testkit.RouterRoutes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Routes that are replaced while their tools are called. */
class HeldRoutesTest {
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final RouterRoutes routes = RouterRoutes.of(camel);
  private RouteServers servers;

  @BeforeEach
  void start() throws Exception {
    camel.getGlobalOptions().put("CamelJmxDisabled", "true");
    camel.start();
    servers = RouteServers.of(camel);
    routes.load(route("first"));
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  private static String route(String answer) {
    return """
    - route:
        id: held
        from:
          uri: mcp-tool:held
          steps:
            - setBody:
                constant: %s
    """
        .formatted(answer);
  }

  private JsonNode ask(String method, String params) throws Exception {
    return Json.MAPPER.readTree(
        camel
            .createFluentProducerTemplate()
            .to("mcp-routes:routes")
            .withHeader("CamelMcpMethod", method)
            .withBody(params)
            .request(String.class));
  }

  private CompletableFuture<JsonNode> call() {
    CompletableFuture<JsonNode> reply = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try {
            reply.complete(ask("tools/call", "{\"name\":\"held\"}"));
          } catch (Exception e) {
            reply.completeExceptionally(e);
          }
        });
    return reply;
  }

  @Test
  void a_call_of_a_held_tool_waits_until_its_route_is_there_again() throws Exception {
    CompletableFuture<JsonNode> reply;
    try (RouteServers.Hold held = servers.hold(List.of("held"))) {
      routes.remove("held");
      reply = call();
      assertThat(ask("tools/list", "{}").at("/result/tools/0/name").asText()).isEqualTo("held");

      routes.load(route("second"));

      assertThat(held.isIdle()).isTrue();
      assertThat(reply).isNotDone();
    }
    assertThat(reply.get(10, TimeUnit.SECONDS).at("/result/content/0/text").asText())
        .isEqualTo("second");
  }

  @Test
  void a_hold_that_ends_without_the_route_ends_the_waiting() throws Exception {
    CompletableFuture<JsonNode> reply;
    try (RouteServers.Hold held = servers.hold(List.of("held"))) {
      routes.remove("held");
      reply = call();
      assertThat(held).isNotNull();
    }

    assertThat(reply.get(10, TimeUnit.SECONDS).at("/error/code").asInt()).isEqualTo(-32602);
    assertThat(ask("tools/list", "{}").at("/result/tools")).isEmpty();
  }

  @Test
  void a_tool_that_is_not_held_is_gone_after_a_moment() throws Exception {
    routes.remove("held");

    await().untilAsserted(() -> assertThat(ask("tools/list", "{}").at("/result/tools")).isEmpty());
  }
}
