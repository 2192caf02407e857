package io.mcprouter.guard;

import static io.mcprouter.guard.Approving.CAN_ASK;
import static io.mcprouter.guard.Approving.ELICITATION;
import static io.mcprouter.guard.Approving.decide;
import static io.mcprouter.guard.Approving.theOne;
import static io.mcprouter.guard.Approving.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcprouter.testkit.Api;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.ProxyUsers;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ScriptedTools;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nobody sees or decides a call that is not theirs to decide. */
class ApproversTest {
  private static final ScriptedTools SERVER = new ScriptedTools(South.HTTP);

  private static final String TENANT = "X-MCP-Tenant";

  private static RouterUnderTest router;

  @BeforeAll
  static void start() {
    SERVER.tool("pay", Guarded.UNKNOWN, call -> call.text("paid"));
    router =
        RouterUnderTest.start(
            new ServersFile()
                .with("own", SERVER.entry("\"approval\""))
                .with(
                    "four-eyes", SERVER.entry("[{\"approval\":{\"approver\":\"administrator\"}}]")),
            ProxyUsers.settings(
                "mcp-router.authentication.proxy.tenant-header=" + TENANT,
                "mcp-router.authentication.api-keys=true"));
  }

  @AfterAll
  static void stop() {
    router.close();
    SERVER.close();
  }

  private static McpClient client(String server, String user, String... roles) {
    return ProxyUsers.client(router, user, roles).server(server).capabilities(CAN_ASK).connect();
  }

  private static Api api(String user, String... roles) {
    return ProxyUsers.api(router, user, roles);
  }

  @Test
  void another_user_neither_sees_a_call_nor_decides_it() {
    try (McpClient ann = client("own", "ann")) {
      McpClient.Pending call = ann.start("pay", "{}");
      JsonNode approval = theOne(api("ann"));

      assertThat(waiting(api("bob"))).isEmpty();
      Api.Answer refused = decide(api("bob"), approval, "approve");
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.at("/code")).isEqualTo("no-such-approval");
      assertThat(api("bob").post("/api/approvals/1", "{\"decision\":\"approve\"}").body())
          .isEqualTo(refused.body().replace(approval.path("id").asText(), "1"));
      assertThat(call.isOpen()).isTrue();

      decide(api("ann"), approval, "approve");
      assertThat(call.reply().text()).isEqualTo("paid");
      assertThat(decide(api("bob"), approval, "approve").status()).isEqualTo(404);
      assertThat(decide(api("ann"), approval, "approve").status()).isEqualTo(409);
    }
  }

  @Test
  void nobody_of_another_tenant_sees_or_decides_a_call_not_even_an_administrator() {
    try (McpClient ann =
        ProxyUsers.client(router, "ann").header(TENANT, "acme").server("own").connect()) {
      McpClient.Pending call = ann.start("pay", "{}");
      Api own = api("ann").with(TENANT, "acme");
      JsonNode approval = theOne(own);

      for (Api other :
          List.of(
              api("ann").with(TENANT, "other"),
              api("root", "admin").with(TENANT, "other"),
              api("root", "admin"))) {
        assertThat(waiting(other)).isEmpty();
        assertThat(decide(other, approval, "approve").status()).isEqualTo(404);
      }
      assertThat(theOne(api("root", "admin").with(TENANT, "acme"))).isEqualTo(approval);
      decide(own, approval, "approve");
      assertThat(call.reply().text()).isEqualTo("paid");
    }
  }

  @Test
  void what_a_key_asked_for_is_refused_when_the_key_is_revoked() {
    int before = SERVER.calls("pay").size();
    Api.Answer made = api("kim").post("/api/keys", "{\"label\":\"laptop\"}");
    try (McpClient kim =
        McpClient.of(router).header("X-API-Key", made.at("/key")).server("own").connect()) {
      kim.start("pay", "{}");
      JsonNode approval = theOne(api("kim"));
      assertThat(api("kim").delete("/api/keys/" + made.at("/details/id")).status()).isEqualTo(204);

      await().until(() -> waiting(api("kim")).isEmpty());
      assertThat(decide(api("kim"), approval, "approve").status()).isEqualTo(409);
      assertThat(SERVER.calls("pay")).hasSize(before);
    }
  }

  @Test
  void an_administrator_sees_and_decides_the_calls_of_all() {
    try (McpClient cid = client("own", "cid")) {
      McpClient.Pending call = cid.start("pay", "{}");
      JsonNode approval = theOne(api("root", "admin"));

      assertThat(approval.path("user").asText()).isEqualTo("cid");
      assertThat(decide(api("root", "admin"), approval, "approve").status()).isEqualTo(204);
      assertThat(call.reply().text()).isEqualTo("paid");
    }
    await()
        .until(
            () ->
                api("root", "admin")
                    .get("/api/audit?user=root&action=approvals.decide")
                    .json()
                    .path("entries")
                    .findValuesAsText("details"),
            all -> all.stream().anyMatch(each -> each.contains("'pay' by user 'cid'")));
  }

  @Test
  void where_an_administrator_decides_the_caller_does_not() {
    try (McpClient eve = client("four-eyes", "eve")) {
      McpClient.Pending call = eve.start("pay", "{}");
      JsonNode approval = theOne(api("root", "admin"));

      assertThat(approval.path("approver").asText()).isEqualTo("administrator");
      assertThat(waiting(api("eve"))).isEmpty();
      assertThat(decide(api("eve"), approval, "approve").status()).isEqualTo(404);
      assertThat(decide(api("root", "admin"), approval, "approve").status()).isEqualTo(204);
      assertThat(call.reply().text()).isEqualTo("paid");
      assertThat(eve.received(ELICITATION)).isEmpty();
    }
  }

  @Test
  void an_administrator_does_not_decide_their_own_call_where_two_must() {
    try (McpClient root = client("four-eyes", "root", "admin")) {
      McpClient.Pending call = root.start("pay", "{}");
      JsonNode approval = theOne(api("chief", "admin"));

      assertThat(waiting(api("root", "admin"))).isEmpty();
      assertThat(decide(api("root", "admin"), approval, "approve").status()).isEqualTo(404);
      decide(api("chief", "admin"), approval, "decline");
      Approving.assertRefused(call.reply(), "declined");
    }
  }
}
