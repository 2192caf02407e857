package io.mcprouter.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.RouterRoutes;
import io.mcprouter.testkit.RouterUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The routes of the pages on tools, resources and prompts, as they stand there, in a router. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesAsToolsPageTest {
  private static final List<Path> PAGES =
      List.of(
          Path.of("docs/how-to/routes-as-tools.md"),
          Path.of("docs/reference/mcp-tool.md"),
          Path.of("docs/reference/mcp-resource.md"),
          Path.of("docs/reference/mcp-prompt.md"));

  @TempDir private static Path directory;

  private RouterUnderTest router;

  @BeforeAll
  void start() throws IOException {
    List<Block> examples = new ArrayList<>();
    for (Path page : PAGES) {
      Pages.blocks(page).stream()
          .filter(block -> block.language().equals("yaml"))
          .forEach(examples::add);
    }
    assertThat(examples).hasSize(8);
    for (Block example : examples) {
      Files.writeString(
          directory.resolve(examples.indexOf(example) + ".camel.yaml"), example.text());
    }
    router =
        RouterUnderTest.start(
            "mcpServers: {}",
            "camel.main.routes-include-pattern=classpath:routes/mcp-server.camel.yaml,file:"
                + directory
                + "/*.camel.yaml");
  }

  @AfterAll
  void stop() {
    router.close();
  }

  private McpClient.Setup client(String server) {
    return McpClient.of(router).server(server).user("ada");
  }

  @Test
  void the_how_to_is_true() {
    try (McpClient client = client("warehouse").connect();
        McpClient merged = McpClient.of(router).user("ada").connect()) {
      assertThat(client.say("stock", "{\"article\":\"4711\"}")).isEqualTo("12 pieces of 4711");
      await().untilAsserted(() -> assertThat(merged.tools()).contains("warehouse__stock"));
      assertThat(client.say("my_orders", "{}")).isEqualTo("Orders of ada");
      assertThat(client.call("level").result().path("structuredContent"))
          .hasToString("{\"pieces\":12}");
    }
  }

  @Test
  void the_tools_of_the_reference_answer() {
    try (McpClient client = client("orders").connect();
        McpClient clerk = client("orders").header("X-MCP-User-Role", "clerk").connect()) {
      assertThat(client.say("order_status", "{\"id\":\"A-17\"}"))
          .isEqualTo("Order A-17 is on its way (short).");
      assertThat(client.tools()).doesNotContain("cancel_order");
      assertThat(clerk.say("cancel_order", "{\"id\":\"A-17\"}"))
          .isEqualTo("Order A-17 is cancelled.");
      assertThat(clerk.call("cancel_order", "{\"id\":\"B\"}").text())
          .isEqualTo("There is no such order; ask for order_status first.");
    }
  }

  @Test
  void the_route_that_tells_how_far_it_is_does_so() {
    try (McpClient client = client("orders").connect()) {
      Message reply = client.start("import_orders", "{\"ids\":[\"a\",\"b\"]}", "1").reply();

      assertThat(reply.text()).isEqualTo("done");
      assertThat(client.received("notifications/progress")).hasSize(2);
      assertThat(
              client.received("notifications/progress").getLast().params().path("message").asText())
          .isEqualTo("order b");
      assertThat(client.received("notifications/message").getLast().params().path("data").asText())
          .isEqualTo("all orders are in");
    }
  }

  @Test
  void the_resource_is_read_and_its_update_is_announced() {
    try (McpClient client = client("orders").connect()) {
      JsonNode read = client.ask("resources/read", "{\"uri\":\"orders://7\"}").result();
      assertThat(read.at("/contents/0/text").asText()).isEqualTo("{\"id\": \"7\"}");
      client.ask("resources/subscribe", "{\"uri\":\"orders://7\"}");

      RouterRoutes.of(router)
          .camel()
          .createProducerTemplate()
          .requestBodyAndHeader("direct:order-changed", "", "id", "7");

      client.awaitMessage("notifications/resources/updated");
    }
  }

  @Test
  void the_prompt_is_there() {
    try (McpClient client = client("orders").connect()) {
      assertThat(
              client
                  .ask(
                      "prompts/get",
                      "{\"name\":\"review_order\",\"arguments\":{\"id\":\"7\",\"tone\":\"kind\"}}")
                  .result()
                  .at("/messages/0/content/text")
                  .asText())
          .isEqualTo("Review the order 7. Be kind.");
    }
  }
}
