package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcprouter.testkit.FourServers;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.North;
import io.mcprouter.testkit.RawHttp;
import io.mcprouter.testkit.South;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of messages: what the router takes, and what it refuses with which code. */
@ExtendWith(FourServers.class)
class MessagesTest {
  private static final String ECHO =
      "{\"jsonrpc\":\"2.0\",\"id\":\"e\",\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":{\"message\":\"hi\"}}}";
  private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}";

  @ParameterizedTest
  @EnumSource
  void a_batch_of_2025_03_26_is_answered_as_one(North north, FourServers.Running servers) {
    try (McpClient client = old(north, servers)) {
      client.send(
          "[" + PING + ",{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}," + ECHO + "]");

      await().until(() -> client.received().stream().anyMatch(message -> message.json().isArray()));
      JsonNode replies = client.received().getLast().json();
      assertThat(replies).hasSize(2);
      assertThat(replies.findValuesAsText("id")).containsExactlyInAnyOrder("p", "e");
      assertThat(replies.toString()).contains("\"text\":\"hi\"");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_batch_is_refused_in_every_other_revision(North north, FourServers.Running servers) {
    for (String revision : new String[] {"2024-11-05", "2025-06-18", "2025-11-25"}) {
      try (McpClient client = servers.client(South.HTTP).over(north).revision(revision).connect()) {
        Message refused = client.raw("null", "[" + PING + "]").reply();

        assertThat(refused.error().path("code").asInt()).isEqualTo(-32600);
        assertThat(refused.error().path("message").asText()).contains(revision);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_batch_with_initialize_in_it_or_nothing_at_all_is_refused(
      North north, FourServers.Running servers) {
    try (McpClient client = old(north, servers)) {
      String initialize =
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-03-26\"}}";
      assertThat(client.raw("null", "[" + initialize + "]").reply().error().path("code").asInt())
          .isEqualTo(-32600);
      assertThat(client.raw("null", "[]").reply().error().path("code").asInt()).isEqualTo(-32600);
    }
  }

  private static McpClient old(North north, FourServers.Running servers) {
    return servers.client(South.HTTP).over(north).user("batches").revision("2025-03-26").connect();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'jsonrpc':'2.0','id':1,'id':2,'method':'ping'}",
        "{'jsonrpc':'2.0','id':null,'id':2,'method':'ping'}",
        "{'jsonrpc':'2.0','id':1,'\\u0069d':2,'method':'ping'}",
        "{'jsonrpc':'2.0','id':1,'method':'ping','method':'tools/call'}",
        "{'jsonrpc':'2.0','id':1,'method':'ping','\\u006dethod':'tools/call'}",
        "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'echo'},'params':{'name':'die'}}",
        "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'echo'},'p\\u0061rams':{'name':'die'}}",
        "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'echo','name':'die'}}",
        "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'echo','n\\u0061me':'die'}}",
        "{'jsonrpc':'2.0','id':1,'method':'resources/read','params':{'uri':'a://b','\\u0075ri':'c://d'}}",
        "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'_meta':{},'name':'echo','\\u005fmeta':{}}}",
        "{'jsonrpc':'2.0','id':1,'method':'some/method','params':{'progressToken':1,'progressToken':2}}",
        "{'jsonrpc':'2.0','id':1,'method':'some/method','params':{'requestId':1,'r\\u0065questId':2}}"
      })
  void a_key_that_comes_twice_in_the_envelope_is_refused(
      String quoted, FourServers.Running servers) {
    String message = quoted.replace('\'', '"');
    for (North north : North.values()) {
      try (McpClient client = McpClient.of(servers.router()).over(north).user("twice").connect()) {
        // the id of such a message is in doubt, so the error has none
        Message refused = client.raw("null", message).reply();

        assertThat(refused.error().path("code").asInt()).as(message).isEqualTo(-32600);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\" | -32700",
        "nonsense | -32700",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"} {} | -32700",
        "{\"jsonrpc\":\"2.0\",\"id\":01,\"method\":\"ping\"} | -32700",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7} | -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"} | -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":[1],\"method\":\"ping\"} | -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":7} | -32600",
        "{} | -32600",
        "17 | -32600"
      })
  void what_is_no_message_is_refused(String body, int code, FourServers.Running servers) {
    for (North north : North.values()) {
      try (McpClient client =
          McpClient.of(servers.router()).over(north).user("malformed").connect()) {
        Message refused = client.raw("null", body).reply();

        assertThat(refused.error().path("code").asInt())
            .as("%s: %s", north, refused)
            .isEqualTo(code);
        assertThat(client.request("ping", null).reply().isError()).isFalse();
      }
    }
  }

  @Test
  void bytes_that_are_no_utf_8_are_refused(FourServers.Running servers) {
    byte[] latin =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
    RawHttp.Reply reply = RawHttp.post(servers.router().port(), "/mcp", "").body(latin).send();

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("-32700");
  }

  @ParameterizedTest
  @EnumSource
  void what_is_nested_too_deep_is_refused(North north, FourServers.Running servers) {
    try (McpClient client = McpClient.of(servers.router()).over(north).user("deep").connect()) {
      String deep = "[".repeat(250) + "]".repeat(250);

      Message refused =
          client
              .raw(
                  "null",
                  "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"a\":"
                      + deep
                      + "}}")
              .reply();

      assertThat(refused.error().path("code").asInt()).isIn(-32600, -32700);
      assertThat(refused.error().path("message").asText()).contains("200");
    }
  }

  @ParameterizedTest
  @EnumSource
  void before_initialize_there_is_nothing_but_ping(North north, FourServers.Running servers) {
    if (north == North.HTTP) {
      RawHttp.Reply reply = RawHttp.post(servers.router().port(), "/mcp", ECHO).send();
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body()).contains("\"id\":\"e\"").contains("initialize");
      return;
    }
    try (McpClient client =
        McpClient.of(servers.router()).over(north).user("early").uninitialized()) {
      assertThat(client.raw("\"p\"", PING).reply().result()).hasToString("{}");
      assertThat(client.raw("\"e\"", ECHO).reply().error().path("code").asInt()).isEqualTo(-32600);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2024-11-05,2024-11-05",
    "2025-03-26,2025-03-26",
    "2025-06-18,2025-06-18",
    "2025-11-25,2025-11-25",
    "2099-01-01,2025-11-25",
    "1.0,2025-11-25"
  })
  void the_revision_is_the_clients_if_it_is_known_and_else_the_newest(
      String asked, String agreed, FourServers.Running servers) {
    for (North north : North.values()) {
      try (McpClient client =
          McpClient.of(servers.router()).over(north).user("revisions").revision(asked).connect()) {
        assertThat(client.initialized().result().path("protocolVersion").asText())
            .isEqualTo(agreed);
      }
    }
  }
}
