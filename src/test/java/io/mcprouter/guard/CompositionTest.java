package io.mcprouter.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ScriptedTools;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several guardrails of one entry: made together, removed together, or not at all. */
class CompositionTest {
  private static final String THREE =
      "[{\"redact\": {\"patterns\": \"secret\"}}, \"retry\", {\"circuit-breaker\": {}}]";

  private final ScriptedTools server = new ScriptedTools(South.HTTP);
  private RouterUnderTest router;

  @BeforeEach
  void start() {
    server.tool("tell", Guarded.UNKNOWN, call -> call.text("a secret"));
    router = RouterUnderTest.start(entry(THREE));
  }

  @AfterEach
  void stop() {
    router.close();
    server.close();
  }

  private ServersFile entry(String templates) {
    return new ServersFile().with("one", server.entry(templates));
  }

  private List<String> routes() {
    return router.bean(CamelContext.class).getRoutes().stream()
        .map(Route::getRouteId)
        .filter(id -> id.startsWith("mcp.one"))
        .toList();
  }

  private List<String> doors() {
    return router.bean(CamelContext.class).getEndpoints().stream()
        .map(org.apache.camel.Endpoint::getEndpointUri)
        .filter(uri -> uri.startsWith("direct://mcp.one"))
        .sorted()
        .toList();
  }

  private String told() {
    try (McpClient client = McpClient.of(router).server("one").user("ann").connect()) {
      return client.say("tell", "{}");
    }
  }

  private String failure() {
    return router.bean(RouteInstaller.class).servers().failed().getOrDefault("one", "");
  }

  @Test
  void an_entry_becomes_a_route_for_each_and_an_edit_takes_all_of_them_away() {
    assertThat(told()).isEqualTo("a [redacted]");
    assertThat(routes())
        .containsExactlyInAnyOrder(
            "mcp.one.1.redact", "mcp.one.2.retry", "mcp.one.3.circuit-breaker", "mcp.one");
    assertThat(doors())
        .containsExactly(
            "direct://mcp.one", "direct://mcp.one:2", "direct://mcp.one:3", "direct://mcp.one:4");

    router.edit(entry("\"mcp-server\""));

    await().until(() -> routes().equals(List.of("mcp.one.2")));
    assertThat(told()).isEqualTo("a secret");
    await().until(() -> doors().equals(List.of("direct://mcp.one.2")));
  }

  @Test
  void where_one_cannot_be_made_nothing_is_left_of_all_and_the_former_ones_go_on() {
    List<String> before = routes();
    router.edit(entry("[\"retry\", {\"redact\": {\"patterns\": \"(\"}}]"));
    await().until(() -> failure().contains("is no regular expression"));

    assertThat(routes()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(doors()).hasSize(4);
    assertThat(told()).isEqualTo("a [redacted]");

    router.edit(entry("[\"retri\"]"));
    await().until(() -> failure().contains("did you mean 'retry'?"));
    assertThat(failure()).contains("mcp-servers.yaml:");
    assertThat(told()).isEqualTo("a [redacted]");

    router.edit(entry("\"dry-run\""));
    await().until(() -> told().startsWith("Dry run"));
  }
}
