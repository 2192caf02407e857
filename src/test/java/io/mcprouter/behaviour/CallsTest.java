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

/** A request and its answer, whatever the answer is. */
@ExtendWith(FourServers.class)
class CallsTest {
  private static final int MEBIBYTE = 1 << 20;

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void a_tool_answers(North north, South south, FourServers.Running servers) {
    try (McpClient client = servers.client(south).over(north).user("calls").connect()) {
      assertThat(client.say("echo", "{\"message\":\"grüße \\u2028 \\\"x\\\"\"}"))
          .isEqualTo("grüße \u2028 \"x\"");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void a_tool_of_the_merged_list_answers_under_its_public_name(
      North north, South south, FourServers.Running servers) {
    try (McpClient client = McpClient.of(servers.router()).over(north).user("calls").connect()) {
      assertThat(client.tools()).contains(south.server() + "__echo");
      assertThat(client.say(south.server() + "__echo", "{\"message\":\"merged\"}"))
          .isEqualTo("merged");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void a_tool_error_stays_a_result(North north, South south, FourServers.Running servers) {
    try (McpClient client = servers.client(south).over(north).user("calls").connect()) {
      Message reply = client.call("fail", "{\"message\":\"no luck\"}");

      assertThat(reply.isError()).isFalse();
      assertThat(reply.result().path("isError").asBoolean()).isTrue();
      assertThat(reply.text()).isEqualTo("no luck");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void an_error_of_the_server_keeps_code_message_and_data(
      North north, South south, FourServers.Running servers) {
    try (McpClient client = servers.client(south).over(north).user("calls").connect()) {
      Message reply =
          client.call("throw", "{\"code\":-32077,\"message\":\"own words\",\"data\":{\"a\":[1]}}");

      assertThat(reply.error().path("code").asInt()).isEqualTo(-32077);
      assertThat(reply.error().path("message").asText()).contains("own words");
      assertThat(reply.error().path("data")).hasToString("{\"a\":[1]}");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void an_answer_of_a_mebibyte_arrives_whole(
      North north, South south, FourServers.Running servers) {
    try (McpClient client = servers.client(south).over(north).user("calls").connect()) {
      assertThat(client.say("blob", "{\"bytes\":" + MEBIBYTE + "}")).hasSize(MEBIBYTE);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void an_answer_just_below_the_limit_arrives_whole(
      North north, South south, FourServers.Running servers) {
    try (McpClient client = servers.client(south).over(north).user("calls").connect()) {
      int most = 16 * MEBIBYTE - 1_024;
      assertThat(client.say("blob", "{\"bytes\":" + most + "}")).hasSize(most);
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_answer_over_the_limit_is_an_error_that_says_so(South south, FourServers.Running servers) {
    try (McpClient client = servers.client(south).user("large-" + south).connect()) {
      Message reply = client.call("blob", "{\"bytes\":" + 17 * MEBIBYTE + "}");

      assertThat(reply.isError()).as("%s", reply).isTrue();
      assertThat(reply.error().path("message").asText())
          .contains(south.server())
          .contains("16777216");
      assertThat(client.say("echo", "{\"message\":\"still there\"}")).isEqualTo("still there");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void a_mebibyte_of_arguments_arrives_whole(
      North north, South south, FourServers.Running servers) {
    try (McpClient client = servers.client(south).over(north).user("calls").connect()) {
      String message = "0123456789abcdef".repeat(MEBIBYTE / 16);
      assertThat(client.say("echo", "{\"message\":\"" + message + "\"}")).isEqualTo(message);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void numbers_and_types_that_nobody_knows_come_out_as_they_went_in(
      North north, South south, FourServers.Running servers) {
    try (McpClient client = servers.client(south).over(north).user("calls").connect()) {
      String reply = client.call("weird").raw();

      assertThat(reply)
          .contains("{\"type\":\"hologram\",\"depth\":1.10,\"nested\":{\"unknown\":null}}")
          .contains("\"price\":12345678901234567890.123")
          .contains("\"unknownField\":[1e2,-0.0,\"ünïcödé \u2028\"]");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(Pairs.class)
  void the_client_gets_its_own_id_back_as_it_wrote_it(
      North north, South south, FourServers.Running servers) {
    try (McpClient client = servers.client(south).over(north).user("calls").connect()) {
      String id = "\"id with \\\"quotes\\\" — and more\"";

      String call =
          "{\"jsonrpc\":\"2.0\",\"id\":"
              + id
              + ",\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":{\"message\":\"x\"}}}";

      assertThat(client.raw(id, call).reply().raw()).contains("\"id\":" + id);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_method_that_nobody_knows_reaches_the_server(South south, FourServers.Running servers) {
    try (McpClient client = servers.client(south).user("calls").connect()) {
      Message reply = client.ask("future/method", "{\"_meta\":{\"x\":1.0}}");

      assertThat(reply.error().path("code").asInt()).isEqualTo(-32601);
      assertThat(reply.error().path("data").path("router").isMissingNode())
          .as("the server says so, not the router")
          .isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_method_that_nobody_knows_is_refused_where_servers_are_merged(
      North north, FourServers.Running servers) {
    try (McpClient client = McpClient.of(servers.router()).over(north).user("calls").connect()) {
      assertThat(client.ask("future/method", "{}").error().path("code").asInt()).isEqualTo(-32601);
      assertThat(client.call("nobody__nothing").error().path("code").asInt()).isEqualTo(-32602);
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_router_answers_a_ping_itself_and_with_nothing(North north, FourServers.Running servers) {
    try (McpClient client = McpClient.of(servers.router()).over(north).user("calls").connect()) {
      assertThat(client.request("ping", null).reply().result()).hasToString("{}");
    }
  }

  @ParameterizedTest
  @EnumSource
  void each_user_is_told_to_the_server(South south, FourServers.Running servers) {
    try (McpClient ada = servers.client(south).user("ada").connect();
        McpClient bob = servers.client(south).user("bob").connect()) {
      assertThat(ada.say("identity", "{}")).isEqualTo("ada");
      assertThat(bob.say("identity", "{}")).isEqualTo("bob");
    }
  }
}
