package io.mcprouter.guard;

import static io.mcprouter.guard.Approving.ACCEPT;
import static io.mcprouter.guard.Approving.CAN_ASK;
import static io.mcprouter.guard.Approving.ELICITATION;
import static io.mcprouter.guard.Approving.assertRefused;
import static io.mcprouter.guard.Approving.decide;
import static io.mcprouter.guard.Approving.theOne;
import static io.mcprouter.guard.Approving.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.protocol.Caller;
import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.routing.guard.Approvals;
import io.mcprouter.testkit.Api;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ScriptedTools;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long calls wait, how many, beside what, and where the parameters are wrong. */
class ApprovalLimitsTest {
  private final ScriptedTools server = new ScriptedTools(South.HTTP);
  private RouterUnderTest router;

  private void start(String template) {
    server.tool("pay", Guarded.UNKNOWN, call -> call.text("paid"));
    server.tool("look", Guarded.READ_ONLY, call -> call.text("seen"));
    router = RouterUnderTest.start(new ServersFile().with("one", entry(template)));
  }

  private ObjectNode entry(String template) {
    return server.entry(template).put("timeout", 1_000);
  }

  @AfterEach
  void stop() {
    router.close();
    server.close();
  }

  private McpClient.Setup client(String user) {
    return McpClient.of(router).server("one").user(user);
  }

  private McpClient.Setup agreeing(String user) {
    return client(user).capabilities(CAN_ASK).answering(ELICITATION, question -> ACCEPT);
  }

  private Api api(String user) {
    return Api.of(router, "X-MCP-User-Id", user);
  }

  @Test
  void a_call_that_nobody_decides_is_refused_when_its_time_is_up() {
    start("[{\"approval\":{\"seconds\":1}}]");
    try (McpClient client = client("ann").capabilities(CAN_ASK).connect()) {
      assertRefused(client.call("pay", "{}"), "nobody agreed to it within 1 s");
      client.awaitMessage("notifications/cancelled");
      assertThat(waiting(api("ann"))).isEmpty();
      assertThat(server.calls("pay")).isEmpty();
    }
  }

  /** The timer of what the server needs may only begin when it is asked: another call's is over. */
  @Test
  void the_time_that_a_person_needs_is_not_the_servers() {
    start("[\"approval\"]");
    server.tool("hang", Guarded.READ_ONLY, call -> {});
    try (McpClient client = client("ann").connect()) {
      McpClient.Pending call = client.start("pay", "{}");
      JsonNode approval = theOne(api("ann"));
      assertThat(client.call("hang").isError()).isTrue();
      assertThat(call.isOpen()).isTrue();
      decide(api("ann"), approval, "approve");

      assertThat(call.reply().text()).isEqualTo("paid");
    }
  }

  @Test
  void where_the_client_alone_decides_one_that_cannot_ask_is_refused_at_once() {
    start("[{\"approval\":{\"by\":\"elicitation\"}}]");
    try (McpClient mute = client("ann").connect();
        McpClient client = agreeing("ann").connect()) {
      assertRefused(mute.call("pay", "{}"), "this client cannot ask");
      assertThat(server.calls("pay")).isEmpty();
      assertThat(client.say("pay", "{}")).isEqualTo("paid");
    }
  }

  @Test
  void where_the_api_alone_decides_no_client_is_asked() {
    start("[{\"approval\":{\"by\":\"api\",\"tools\":\"l*k\"}}]");
    try (McpClient client = client("ann").capabilities(CAN_ASK).connect()) {
      assertThat(client.say("pay", "{}")).isEqualTo("paid");
      McpClient.Pending call = client.start("look", "{}");
      decide(api("ann"), theOne(api("ann")), "approve");

      assertThat(call.reply().text()).isEqualTo("seen");
      assertThat(client.received(ELICITATION)).isEmpty();
    }
  }

  @Test
  void twenty_calls_of_a_user_wait_at_most_and_others_are_not_concerned() {
    start("[\"approval\"]");
    Caller everybody = new Caller("root", Map.of());
    Approvals approvals = router.bean(Approvals.class);
    List<McpClient> clients = new ArrayList<>();
    List<McpClient.Pending> calls = new ArrayList<>();
    try {
      for (int user = 0; user < 11; user++) {
        McpClient client = client("user-" + user).connect();
        clients.add(client);
        for (int call = 0; call < Approvals.MOST_OF_USER; call++) {
          calls.add(client.start("pay", "{}"));
        }
      }
      await().until(() -> approvals.of(everybody, true).size() == 220);

      assertRefused(clients.getFirst().call("pay", "{}"), "too many calls wait");
      assertThat(clients.getFirst().say("look", "{}")).isEqualTo("seen");
      try (McpClient other = client("other").connect()) {
        for (int call = 0; call < 50; call++) {
          assertThat(other.say("look", "{}")).isEqualTo("seen");
        }
      }
      Api.Answer list = api("user-0").get("/api/approvals");
      assertThat(list.json()).hasSize(200);
      assertThat(list.headers().get("x-total-count")).containsExactly("220");
      for (int user = 0; user < 11; user++) {
        approveOwn("user-" + user);
      }
      assertThat(calls).extracting(each -> each.reply().text()).containsOnly("paid");
      assertThat(server.calls("pay")).hasSize(220);
    } finally {
      clients.forEach(McpClient::close);
    }
  }

  private void approveOwn(String user) {
    waiting(api(user))
        .forEach(
            each -> {
              if (each.path("user").asText().equals(user)) {
                decide(api(user), each, "approve");
              }
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"by\":\"mail\"} | 'by' must be one of [elicitation, api, either]",
        "{\"approver\":\"boss\"} | 'approver' must be one of [user, administrator]",
        "{\"seconds\":0} | 'seconds' must be from 1 to 3600",
        "{\"by\":\"elicitation\",\"approver\":\"administrator\"} | asked in the API alone",
        "{\"approver\":\"administrator\",\"by\":\"elicitation\"} | asked in the API alone",
      })
  void parameters_that_cannot_be_used_fail_the_entry(String parameters, String why) {
    start("[{\"approval\":" + parameters + "}]");

    assertThat(router.bean(RouteInstaller.class).servers().failed().get("one")).contains(why);
  }

  @Test
  void before_retry_one_answer_holds_for_all_attempts_and_behind_it_too() {
    for (String template :
        List.of(
            "[\"approval\",{\"retry\":{\"delay\":1}}]",
            "[{\"retry\":{\"delay\":1}},\"approval\"]")) {
      if (router == null) {
        start(template);
      } else {
        router.edit(new ServersFile().with("one", entry(template)));
        await()
            .until(
                () ->
                    routes()
                        .equals(List.of("mcp.one.2", "mcp.one.2.1.retry", "mcp.one.2.2.approval")));
      }
      server.tool("set", Guarded.IDEMPOTENT, failingTwice(server.calls("set").size()));
      try (McpClient client = agreeing("ann").connect()) {
        assertThat(client.say("set", "{}")).as(template).isEqualTo("the third time");
        assertThat(client.received(ELICITATION)).hasSize(1);
      }
    }
  }

  private List<String> routes() {
    return router.bean(CamelContext.class).getRoutes().stream()
        .map(Route::getRouteId)
        .filter(id -> id.startsWith("mcp.one"))
        .sorted()
        .toList();
  }

  private Consumer<ScriptedTools.Call> failingTwice(int before) {
    return call -> {
      if (server.calls("set").size() < before + 3) {
        call.hangUp();
      } else {
        call.text("the third time");
      }
    };
  }

  @Test
  void redact_leaves_the_routers_question_as_it_is_and_taps_hear_it(@TempDir Path directory)
      throws IOException {
    start(
        "[{\"tap-file\":{\"directory\":\"%s\"}},{\"redact\":{\"patterns\":\"secret\"}},\"approval\"]"
            .formatted(directory));
    server.tool("pay", Guarded.UNKNOWN, call -> call.text("a secret"));
    try (McpClient client = agreeing("ann").connect()) {
      assertThat(client.say("pay", "{\"to\":\"secret\"}")).isEqualTo("a [redacted]");
      assertThat(client.awaitMessage(ELICITATION).raw()).contains("secret");
    }
    await().until(() -> !lines(directory).isEmpty());
    assertThat(lines(directory).getFirst()).contains(ELICITATION, "Arguments: ");
  }

  private static List<String> lines(Path directory) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }

  @Test
  void an_edited_entry_refuses_calls_that_still_wait_when_the_old_one_goes() {
    start("[\"approval\"]");
    ObjectNode entry = entry("[\"approval\"]");
    ((ObjectNode) entry.get("router")).put("maxTimeout", 1_000);
    router.edit(new ServersFile().with("one", entry));
    await().until(() -> routes().equals(List.of("mcp.one.2", "mcp.one.2.1.approval")));
    try (McpClient client = client("ann").connect()) {
      McpClient.Pending call = client.start("pay", "{}");
      theOne(api("ann"));
      router.edit(new ServersFile().with("one", entry("\"mcp-server\"")));

      Message reply = call.reply();
      assertThat(reply.toString()).contains("changed meanwhile");
      assertThat(waiting(api("ann"))).isEmpty();
      assertThat(server.calls("pay")).isEmpty();
    }
  }

  @Test
  void a_child_server_is_not_called_before() {
    router =
        RouterUnderTest.start(
            new ServersFile().with("child", guarded(Peer.behaviour(South.STDIO).entry())));
    try (McpClient client =
        McpClient.of(router).server("child").user("ann").capabilities(CAN_ASK).connect()) {
      McpClient.Pending call = client.start("echo", "{\"message\":\"hello\"}");
      client.answer(client.awaitMessage(ELICITATION), "{\"action\":\"decline\"}");
      assertRefused(call.reply(), "its user declined it");
      McpClient.Pending second = client.start("echo", "{\"message\":\"hello\"}");
      client.answer(
          client.awaitMessage(
              ELICITATION, asked -> client.received(ELICITATION).indexOf(asked) == 1),
          ACCEPT);
      assertThat(second.reply().text()).isEqualTo("hello");
    }
  }

  private static ObjectNode guarded(ObjectNode entry) {
    entry
        .putObject("router")
        .putArray("template")
        .addObject()
        .putObject("approval")
        .put("tools", "*");
    return entry;
  }
}
