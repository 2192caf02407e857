package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcprouter.config.Transport;
import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.North;
import io.mcprouter.testkit.RouterRoutes;
import io.mcprouter.testkit.RouterUnderTest;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Routes of a team that are tools of MCP servers inside the router. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesAsToolsTest {
  private static final String TOOLS_CHANGED = "notifications/tools/list_changed";

  private static final String ROUTES =
      """
      - route:
          id: weather
          from:
            uri: mcp-tool:weather
            parameters:
              server: orders
              tags: weather,external
              title: Weather
              description: "RAW(The weather of a city & its region, 100 %)"
              readOnlyHint: true
              parameter.city: string
              parameter.city.description: "The city's name"
              parameter.city.required: true
              parameter.unit: string
              parameter.unit.enum: "celsius,fahrenheit"
              parameter.unit.default: celsius
              parameter.days: integer
            steps:
              - setBody:
                  simple: "${header.city} in ${header.unit} for ${header.CamelMcpUser}"
      - route:
          id: create
          from:
            uri: mcp-tool:create_order
            parameters:
              server: orders
              toolset: desk
              argSchema: |
                {"type": "object",
                 "properties": {"customer": {"type": "object", "properties": {"id": {"type": "string"}}}},
                 "required": ["customer"]}
              outputParameter.id: string
              outputParameter.id.required: true
            steps:
              - setBody:
                  simple: '{"id": "${body[customer][id]}-1"}'
      - route:
          id: secret
          from:
            uri: mcp-tool:purge
            parameters:
              server: orders
              access.roles: admin
            steps:
              - setBody:
                  constant: purged
      - route:
          id: fails
          from:
            uri: mcp-tool:fail
            parameters:
              server: orders
            steps:
              - throwException:
                  exceptionType: java.lang.IllegalStateException
                  message: "jdbc:h2:secret"
      - route:
          id: refuses
          from:
            uri: mcp-tool:refuse
            parameters:
              server: orders
            steps:
              - throwException:
                  exceptionType: io.mcprouter.integration.McpToolException
                  message: "There is no such order; list the orders first."
      """;

  private RouterUnderTest router;
  private RouterRoutes routes;

  @BeforeAll
  void start() throws Exception {
    router = RouterUnderTest.start("mcpServers: {}");
    routes = RouterRoutes.of(router).load(ROUTES);
    await().until(() -> router.bean(RouteInstaller.class).servers().find("orders") != null);
  }

  @AfterAll
  void stop() {
    router.close();
  }

  private McpClient.Setup orders() {
    return McpClient.of(router).server("orders").user("ada");
  }

  @ParameterizedTest
  @EnumSource
  void a_route_is_a_tool_behind_every_door(North north) {
    try (McpClient client = orders().over(north).connect()) {
      assertThat(client.tools()).contains("weather", "create_order");
      assertThat(client.say("weather", "{\"city\":\"Bonn\"}")).isEqualTo("Bonn in celsius for ada");
    }
    try (McpClient client = McpClient.of(router).over(north).user("bob").connect()) {
      assertThat(client.tools()).contains("orders__weather");
      assertThat(client.say("orders__weather", "{\"city\":\"Bonn\"}"))
          .isEqualTo("Bonn in celsius for bob");
    }
  }

  @Test
  void a_list_shows_what_the_options_say() {
    try (McpClient client = orders().connect()) {
      JsonNode tool = tool(client, "weather");

      assertThat(tool.path("title").asText()).isEqualTo("Weather");
      assertThat(tool.path("description").asText())
          .isEqualTo("The weather of a city & its region, 100 %");
      assertThat(tool.path("annotations")).hasToString("{\"readOnlyHint\":true}");
      assertThat(tool.at("/_meta/io.mcprouter~1tags")).hasToString("[\"weather\",\"external\"]");
      JsonNode schema = tool.path("inputSchema");
      assertThat(schema.path("required")).hasToString("[\"city\"]");
      assertThat(schema.at("/properties/unit/enum")).hasToString("[\"celsius\",\"fahrenheit\"]");
      assertThat(schema.at("/properties/days/type").asText()).isEqualTo("integer");
      assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
    }
  }

  private static JsonNode tool(McpClient client, String name) {
    for (JsonNode tool : client.ask("tools/list", "{}").result().path("tools")) {
      if (tool.path("name").asText().equals(name)) {
        return tool;
      }
    }
    return Assertions.fail("there is no tool " + name);
  }

  @Test
  void wrong_arguments_are_a_tool_error_that_says_what_is_wrong() {
    try (McpClient client = orders().connect()) {
      Message missing = client.call("weather", "{\"unit\":\"kelvin\",\"cty\":1}");

      assertThat(missing.result().path("isError").asBoolean()).isTrue();
      assertThat(missing.text())
          .contains("weather")
          .contains("city")
          .contains("unit")
          .contains("cty");
      assertThat(
              client
                  .ask("tools/call", "{\"name\":\"weather\",\"arguments\":[]}")
                  .error()
                  .path("code")
                  .asInt())
          .isEqualTo(-32602);
      assertThat(client.call("nothing").error().path("code").asInt()).isEqualTo(-32602);
    }
  }

  @Test
  void a_structured_result_is_there_as_text_too() {
    try (McpClient client = orders().connect()) {
      Message reply = client.call("create_order", "{\"customer\":{\"id\":\"c7\"}}");

      assertThat(reply.result().path("structuredContent")).hasToString("{\"id\":\"c7-1\"}");
      assertThat(reply.told().path("id").asText()).isEqualTo("c7-1");
    }
  }

  @Test
  void a_failure_inside_is_a_tool_error_without_the_inside() {
    try (McpClient client = orders().connect()) {
      Message inner = client.call("fail");
      Message told = client.call("refuse");

      assertThat(inner.result().path("isError").asBoolean()).isTrue();
      assertThat(inner.text()).contains("fail").contains("log").doesNotContain("jdbc");
      assertThat(told.result().path("isError").asBoolean()).isTrue();
      assertThat(told.text()).isEqualTo("There is no such order; list the orders first.");
    }
  }

  @Test
  void access_hides_a_tool_from_those_without_the_role() {
    try (McpClient ada = orders().connect();
        McpClient admin = orders().header("X-MCP-User-Role", "admin").connect()) {
      assertThat(ada.tools()).doesNotContain("purge");
      assertThat(ada.call("purge").isError()).isTrue();
      assertThat(admin.tools()).contains("purge");
      assertThat(admin.say("purge", "{}")).isEqualTo("purged");
    }
  }

  @Test
  void a_toolset_that_a_route_names_shows_its_tool_alone() {
    try (McpClient client = McpClient.of(router).view("/sets/desk").user("ada").connect()) {
      assertThat(client.tools()).containsExactly("orders__create_order");
    }
  }

  @Test
  void clients_hear_of_routes_that_come_and_go_and_not_of_those_that_are_replaced()
      throws Exception {
    String route = simple("coming", "coming", "first");
    try (McpClient client = orders().connect();
        McpClient merged = McpClient.of(router).user("ada").connect()) {
      assertThat(merged.tools()).doesNotContain("orders__coming");
      assertThat(client.tools()).doesNotContain("coming");

      routes.load(route);
      client.awaitMessage(TOOLS_CHANGED);
      await().untilAsserted(() -> assertThat(client.tools()).contains("coming"));
      await().untilAsserted(() -> assertThat(merged.tools()).contains("orders__coming"));
      int heard = client.received(TOOLS_CHANGED).size();

      routes.remove("coming");
      routes.load(simple("coming", "coming", "second"));
      assertThat(client.say("coming", "{}")).isEqualTo("second");
      routes.remove("coming");

      await().untilAsserted(() -> assertThat(client.tools()).doesNotContain("coming"));
      await().untilAsserted(() -> assertThat(merged.tools()).doesNotContain("orders__coming"));
      await().untilAsserted(() -> assertThat(client.received(TOOLS_CHANGED)).hasSize(heard + 1));
    }
  }

  @Test
  void of_two_routes_with_one_name_the_second_does_not_start() throws Exception {
    Assertions.assertThatThrownBy(() -> routes.load(simple("other", "weather", "x")))
        .isInstanceOf(IllegalStateException.class)
        .hasStackTraceContaining("route 'other' cannot offer 'weather'")
        .hasStackTraceContaining("route 'weather' does");
    routes.camel().removeRoute("other");
    try (McpClient client = orders().connect()) {
      assertThat(client.say("weather", "{\"city\":\"Ulm\"}")).startsWith("Ulm");
    }
  }

  private static String simple(String id, String tool, String text) {
    return """
    - route:
        id: %s
        from:
          uri: mcp-tool:%s
          parameters:
            server: orders
          steps:
            - setBody:
                constant: %s
    """
        .formatted(id, tool, text);
  }

  @Test
  void a_server_of_the_file_goes_before_one_of_routes() throws Exception {
    routes.load(simple("taken", "taken", "x").replace("server: orders", "server: late"));
    await().until(() -> router.bean(RouteInstaller.class).servers().find("late") != null);
    String file =
        "mcpServers: {late: {type: streamable-http, url: 'http://127.0.0.1:9/mcp', startup: false}}";

    router.edit(file);

    await()
        .until(
            () ->
                router.bean(RouteInstaller.class).servers().find("late").definition().transport()
                    == Transport.STREAMABLE_HTTP);
    Assertions.assertThatThrownBy(
            () ->
                routes.load(simple("more", "more", "x").replace("server: orders", "server: late")))
        .hasStackTraceContaining("the servers file has a server of this name");
    routes.camel().removeRoute("more");
    router.edit("mcpServers: {}");
    await()
        .until(
            () ->
                router.bean(RouteInstaller.class).servers().find("late").definition().transport()
                    == Transport.ROUTES);
  }

  @Test
  void calls_of_a_server_of_routes_pass_the_templates_that_its_tools_name() throws Exception {
    routes.load(
        simple("dry", "dry", "done")
            .replace("server: orders", "server: guarded\n        template: dry-run"));
    await().until(() -> router.bean(RouteInstaller.class).servers().find("guarded") != null);
    try (McpClient client = McpClient.of(router).server("guarded").connect()) {
      assertThat(client.tools()).contains("dry");
      assertThat(client.call("dry").text()).isNotEqualTo("done").containsIgnoringCase("dry");
    }
  }

  @Test
  void every_revision_that_the_router_speaks_is_served() {
    for (String revision : List.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25")) {
      try (McpClient client = orders().revision(revision).connect()) {
        assertThat(client.say("weather", "{\"city\":\"Bonn\"}")).startsWith("Bonn");
      }
    }
  }
}
