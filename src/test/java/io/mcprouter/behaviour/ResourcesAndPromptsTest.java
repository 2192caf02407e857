package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.testkit.FourServers;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.North;
import io.mcprouter.testkit.Pairs;
import io.mcprouter.testkit.South;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Resources, templates, prompts and completion, of one server and merged. */
@ExtendWith(FourServers.class)
class ResourcesAndPromptsTest {
  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void resources_are_listed_and_read_under_their_own_uris(
      North north, South south, FourServers.Running servers) {
    try (McpClient client = servers.client(south).over(north).user("resources").connect()) {
      assertThat(client.names("resources/list", "resources", "uri"))
          .containsExactly("test://counter");
      assertThat(client.names("resources/templates/list", "resourceTemplates", "uriTemplate"))
          .containsExactly("test://item/{id}");
      Message item = client.ask("resources/read", "{\"uri\":\"test://item/7\"}");
      assertThat(item.result().path("contents").path(0).path("text").asText()).isEqualTo("item 7");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_resource_that_is_not_there_is_the_servers_error(South south, FourServers.Running servers) {
    try (McpClient client = servers.client(south).user("resources").connect()) {
      Message reply = client.ask("resources/read", "{\"uri\":\"test://nowhere\"}");

      assertThat(reply.error().path("code").asInt()).isEqualTo(-32002);
      assertThat(reply.error().path("data").path("uri").asText()).isEqualTo("test://nowhere");
    }
  }

  @ParameterizedTest
  @EnumSource
  void merged_uris_lead_to_the_first_server_that_has_them(
      North north, FourServers.Running servers) {
    try (McpClient client =
        McpClient.of(servers.router()).over(north).user("resources").connect()) {
      assertThat(client.names("resources/list", "resources", "uri"))
          .containsOnlyOnce("test://counter");
      Message item = client.ask("resources/read", "{\"uri\":\"test://item/merged\"}");
      assertThat(item.result().path("contents").path(0).path("text").asText())
          .isEqualTo("item merged");
      assertThat(
              client.ask("resources/read", "{\"uri\":\"other://x\"}").error().path("code").asInt())
          .isEqualTo(-32002);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void prompts_are_listed_and_filled_in(North north, South south, FourServers.Running servers) {
    try (McpClient one = servers.client(south).over(north).user("prompts").connect();
        McpClient all = McpClient.of(servers.router()).over(north).user("prompts").connect()) {
      String merged = south.server() + "__greet";
      assertThat(one.names("prompts/list", "prompts", "name")).containsExactly("greet");
      assertThat(all.names("prompts/list", "prompts", "name")).contains(merged);
      assertThat(greeting(one, "greet")).isEqualTo("Hello Ada");
      assertThat(greeting(all, merged)).isEqualTo("Hello Ada");
      assertThat(one.ask("prompts/get", "{\"name\":\"no\"}").error().path("code").asInt())
          .isEqualTo(-32602);
    }
  }

  private static String greeting(McpClient client, String prompt) {
    Message reply =
        client.ask("prompts/get", "{\"name\":\"" + prompt + "\",\"arguments\":{\"name\":\"Ada\"}}");
    return reply.result().path("messages").path(0).path("content").path("text").asText();
  }

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void completion_goes_to_the_server_whose_prompt_or_template_it_is(
      North north, South south, FourServers.Running servers) {
    try (McpClient one = servers.client(south).over(north).user("completion").connect();
        McpClient all = McpClient.of(servers.router()).over(north).user("completion").connect()) {
      assertThat(completed(one, "{\"type\":\"ref/prompt\",\"name\":\"greet\"}"))
          .contains("\"values\":[\"Ada\",\"Alan\"]");
      assertThat(
              completed(
                  all, "{\"type\":\"ref/prompt\",\"name\":\"" + south.server() + "__greet\"}"))
          .contains("\"values\":[\"Ada\",\"Alan\"]");
      assertThat(completed(all, "{\"type\":\"ref/resource\",\"uri\":\"test://item/{id}\"}"))
          .contains("\"values\":[\"Ada\",\"Alan\"]");
    }
  }

  private static String completed(McpClient client, String ref) {
    return client
        .ask(
            "completion/complete",
            "{\"ref\":" + ref + ",\"argument\":{\"name\":\"name\",\"value\":\"A\"}}")
        .raw();
  }
}
