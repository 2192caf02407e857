package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.North;
import io.mcprouter.testkit.RouterRoutes;
import io.mcprouter.testkit.RouterUnderTest;
import java.util.List;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Routes of a team that are resources and prompts, and what routes say while they run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesAsResourcesTest {
  private static final String ROUTES =
      """
      - route:
          id: prices
          from:
            uri: mcp-resource:prices
            parameters:
              server: shop
              uri: shop://prices
              title: Prices
              mimeType: text/csv
              audience: user,assistant
              priority: 0.5
            steps:
              - setBody:
                  constant: "apple,1"
      - route:
          id: order
          from:
            uri: mcp-resource:order
            parameters:
              server: shop
              uri: "shop://orders/{id}/{part}"
              variable.part.enum: "head,lines"
            steps:
              - choice:
                  when:
                    - simple: "${header.id} == '0'"
                      steps:
                        - setBody:
                            simple: "${null}"
                  otherwise:
                    steps:
                      - setBody:
                          simple: "${header.part} of ${header.id}"
      - route:
          id: price-update
          from:
            uri: direct:prices-changed
            steps:
              - to: "mcp-resource:prices?server=shop"
      - route:
          id: order-update
          from:
            uri: direct:order-changed
            steps:
              - to:
                  uri: mcp-resource:order
                  parameters:
                    server: shop
                    uri: "shop://orders/{id}/lines"
      - route:
          id: review
          from:
            uri: mcp-prompt:review
            parameters:
              server: shop
              description: Reviews an order
              argument.order.required: true
              argument.order.description: "The order's number"
              argument.tone.enum: "kind,strict"
            steps:
              - setBody:
                  simple: "Review order ${header.order}, be ${header.tone}"
      - route:
          id: work
          from:
            uri: mcp-tool:work
            parameters:
              server: shop
            steps:
              - loop:
                  constant: "3"
                  steps:
                    - to:
                        uri: mcp-notify:progress
                        parameters:
                          progress: "${exchangeProperty.CamelLoopIndex}"
                          total: "3"
                          message: "step ${exchangeProperty.CamelLoopIndex}"
              - to:
                  uri: mcp-notify:log
                  parameters:
                    level: warning
                    message: "nearly done"
              - setBody:
                  constant: done
      """;

  private RouterUnderTest router;
  private RouterRoutes routes;

  @BeforeAll
  void start() throws Exception {
    router = RouterUnderTest.start("mcpServers: {}");
    routes = RouterRoutes.of(router).load(ROUTES);
    await().until(() -> router.bean(RouteInstaller.class).servers().find("shop") != null);
  }

  @AfterAll
  void stop() {
    router.close();
  }

  private McpClient.Setup shop() {
    return McpClient.of(router).server("shop").user("ada");
  }

  @ParameterizedTest
  @EnumSource
  void a_route_is_a_resource(North north) {
    try (McpClient client = shop().over(north).connect()) {
      JsonNode listed = client.ask("resources/list", "{}").result().at("/resources/0");
      assertThat(listed.path("uri").asText()).isEqualTo("shop://prices");
      assertThat(listed.path("title").asText()).isEqualTo("Prices");
      assertThat(listed.path("annotations"))
          .hasToString("{\"audience\":[\"user\",\"assistant\"],\"priority\":0.5}");

      assertThat(read(client, "shop://prices").result().path("contents"))
          .hasToString(
              "[{\"uri\":\"shop://prices\",\"mimeType\":\"text/csv\",\"text\":\"apple,1\"}]");
    }
  }

  @Test
  void a_template_gives_its_variables_as_headers() {
    try (McpClient client = shop().connect()) {
      assertThat(client.names("resources/templates/list", "resourceTemplates", "uriTemplate"))
          .containsExactly("shop://orders/{id}/{part}");
      assertThat(read(client, "shop://orders/a%20b/head").result().at("/contents/0/text").asText())
          .isEqualTo("head of a b");
      assertThat(read(client, "shop://orders/0/head").error().path("code").asInt())
          .isEqualTo(-32002);
      assertThat(read(client, "shop://nothing").error().at("/data/uri").asText())
          .isEqualTo("shop://nothing");
    }
  }

  private static Message read(McpClient client, String uri) {
    return client.ask("resources/read", "{\"uri\":\"" + uri + "\"}");
  }

  @Test
  void whoever_subscribed_hears_of_an_update_that_a_route_announces() {
    try (McpClient client = shop().connect();
        McpClient other = shop().connect()) {
      client.ask("resources/subscribe", "{\"uri\":\"shop://prices\"}");
      client.ask("resources/subscribe", "{\"uri\":\"shop://orders/7/lines\"}");

      ProducerTemplate template = routes.camel().createProducerTemplate();
      template.requestBody("direct:prices-changed", "");
      template.requestBodyAndHeader("direct:order-changed", "", "id", 7);

      client.awaitMessage(
          "notifications/resources/updated",
          message -> message.params().path("uri").asText().equals("shop://prices"));
      client.awaitMessage(
          "notifications/resources/updated",
          message -> message.params().path("uri").asText().equals("shop://orders/7/lines"));
      assertThat(other.received("notifications/resources/updated")).isEmpty();
    }
  }

  @Test
  void a_route_is_a_prompt() {
    try (McpClient client = shop().connect()) {
      JsonNode listed = client.ask("prompts/list", "{}").result().at("/prompts/0");
      assertThat(listed.path("description").asText()).isEqualTo("Reviews an order");
      assertThat(listed.at("/arguments/0"))
          .hasToString(
              "{\"name\":\"order\",\"description\":\"The order's number\",\"required\":true}");

      Message reply =
          client.ask(
              "prompts/get",
              "{\"name\":\"review\",\"arguments\":{\"order\":\"7\",\"tone\":\"kind\"}}");
      assertThat(reply.result().at("/messages/0"))
          .hasToString(
              "{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":\"Review order 7, be kind\"}}");
      Message missing = client.ask("prompts/get", "{\"name\":\"review\"}");
      assertThat(missing.error().path("code").asInt()).isEqualTo(-32602);
      assertThat(missing.error().path("message").asText()).contains("order");
    }
  }

  @Test
  void declared_values_complete_an_argument() {
    try (McpClient client = shop().connect()) {
      assertThat(completed(client, "{\"type\":\"ref/prompt\",\"name\":\"review\"}", "tone", "s"))
          .hasToString("[\"strict\"]");
      assertThat(
              completed(
                  client,
                  "{\"type\":\"ref/resource\",\"uri\":\"shop://orders/{id}/{part}\"}",
                  "part",
                  ""))
          .hasToString("[\"head\",\"lines\"]");
    }
  }

  private static JsonNode completed(McpClient client, String ref, String name, String value) {
    return client
        .ask(
            "completion/complete",
            "{\"ref\":%s,\"argument\":{\"name\":\"%s\",\"value\":\"%s\"}}"
                .formatted(ref, name, value))
        .result()
        .at("/completion/values");
  }

  @ParameterizedTest
  @EnumSource
  void a_route_tells_progress_and_what_happens(North north) {
    try (McpClient client = shop().over(north).connect()) {
      Message reply = client.start("work", "{}", "\"mine\"").reply();

      assertThat(reply.text()).isEqualTo("done");
      List<Message> told = client.received("notifications/progress");
      assertThat(told).hasSize(3);
      assertThat(told.getLast().params())
          .hasToString(
              "{\"progressToken\":\"mine\",\"progress\":2,\"total\":3,\"message\":\"step 2\"}");
      assertThat(client.received("notifications/message").getLast().params())
          .hasToString("{\"level\":\"warning\",\"logger\":\"work\",\"data\":\"nearly done\"}");
    }
  }
}
