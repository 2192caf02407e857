package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.testkit.Api;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user's entry may not say, and where a user's server may not be. */
class UserServerRefusalsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ADDRESS = "https://mcp.example.com/mcp";

  private static Peer peer;
  private static RouterUnderTest router;

  @BeforeAll
  static void start() {
    peer = Peer.behaviour(South.HTTP);
    router =
        RouterUnderTest.start(
            "mcpSettings: {allowedAddresses: [\"127.0.0.1:"
                + peer.port()
                + "\"]}\n"
                + "mcpServers:\n"
                + "  common: "
                + Peer.behaviour(South.STDIO).entry()
                + "\n  near: "
                + ServersFile.remote("streamable-http", "http://localhost:1/mcp", Map.of())
                + "\n  broken: {type: streamable-http, url: nowhere}\n",
            "mcp-router.user-servers.enabled=true",
            "mcp-router.user-servers.max-per-user=3");
  }

  @AfterAll
  static void stop() {
    router.close();
    peer.close();
  }

  private static Api api(String user) {
    return Api.of(router, "X-MCP-User-Id", user);
  }

  private static String newcomer() {
    return "u" + UUID.randomUUID().toString().substring(0, 8);
  }

  private static ObjectNode entry() {
    return JSON.createObjectNode().put("type", "http").put("url", ADDRESS);
  }

  private static Api.Answer put(String name, String entry) {
    return api(newcomer()).put("/api/user-servers/" + name, entry);
  }

  private static Api.Answer refused(String entry) {
    Api.Answer answer = put("mine", entry);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.at("/code")).isEqualTo("server-refused");
    return answer;
  }

  /** An entry with one more key, given as JSON. */
  private static String with(String key, String value) {
    return "{\"type\":\"http\",\"url\":\"" + ADDRESS + "\",\"" + key + "\":" + value + "}";
  }

  @Test
  void a_program_is_never_started() {
    Api.Answer answer =
        refused(
            "{\"type\":\"stdio\",\"command\":\"touch\",\"args\":[\"/tmp/x\"],\"env\":{\"A\":\"b\"}}");
    assertThat(answer.at("/detail"))
        .contains("mine.type", "mine.command", "mine.args", "mine.env", "administrator's file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"command", "args", "env", "cwd", "stderr"})
  void no_key_of_programs_is_taken_beside_a_url(String key) {
    assertThat(refused(with(key, "\"x\"")).at("/detail")).contains("mine." + key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"obo", "proxy", "requestHeaders", "disabled", "transport", "access", "template"})
  void only_listed_keys_are_taken(String key) {
    assertThat(refused(with(key, "{\"scopes\":\"x\"}")).at("/detail")).contains("mine." + key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shared|true",
        "template|\"mcp-audited\"",
        "access|{\"roles\":[\"admin\"]}",
        "oauth|{\"grant\":\"token_exchange\"}",
        "listWait|9000",
        "unheardOf|1"
      })
  void of_the_routers_own_keys_tools_alone(String key, String value) {
    Api.Answer answer = refused(with("router", "{\"" + key + "\":" + value + "}"));
    assertThat(answer.at("/detail")).contains("mine.router." + key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://e.example.com/?k=${MCP_ROUTER_MASTER_KEY}",
        "https://e.example.com/?k=${HOME}",
        "https://e.example.com/?k=$${PATH}",
        "https://e.example.com/{{LIBRECHAT_USER_EMAIL}}",
        "https://e.example.com/{{LIBRECHAT_OPENID_ACCESS_TOKEN}}",
        "https://e.example.com/{{LIBRECHAT_BODY_CONVERSATIONID}}",
        "https://e.example.com/{{ANYTHING}}",
        "https://e.example.com/${{{KEY}}}"
      })
  void no_placeholder_but_the_entrys_own_is_taken(String url) {
    ObjectNode entry = entry().put("url", url);
    entry.putObject("customUserVars").putObject("KEY").put("title", "Key");
    assertThat(refused(entry.toString()).at("/detail"))
        .contains("mine.url")
        .doesNotContain("/root");
    ObjectNode inHeader = entry();
    inHeader.putObject("headers").put("X-Stolen", url);
    inHeader.putObject("customUserVars").putObject("KEY").put("title", "Key");
    assertThat(refused(inHeader.toString()).at("/detail")).contains("mine.headers");
    assertThat(refused(entry().put("title", url).toString()).at("/detail")).contains("mine.title");
  }

  @Test
  void a_variable_cannot_be_declared_in_the_name_of_a_users_field() {
    ObjectNode entry = entry();
    entry.putObject("customUserVars").putObject("LIBRECHAT_USER_EMAIL").put("title", "x");
    entry.putObject("headers").put("X", "{{LIBRECHAT_USER_EMAIL}}");
    assertThat(refused(entry.toString()).at("/detail")).contains("LIBRECHAT_");
  }

  @Test
  void a_value_that_looks_like_a_placeholder_arrives_as_it_is() {
    String user = newcomer();
    ObjectNode entry = peer.entry();
    entry.putObject("headers").put("X-Mine", "{{KEY}}");
    entry.putObject("customUserVars").putObject("KEY").put("title", "Key");
    assertThat(api(user).put("/api/user-servers/mine", entry.toString()).status()).isEqualTo(200);
    String value = "${HOME}{{LIBRECHAT_USER_ID}}{{KEY}}$1";
    assertThat(api(user).put("/api/servers/mine/variables", "{\"KEY\":\"" + value + "\"}").status())
        .isEqualTo(200);
    try (McpClient client = McpClient.of(router).user(user).connect()) {
      assertThat(client.say("mine__headers", "{}")).contains("\"x-mine\":\"" + value + "\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:9/mcp",
        "http://[::1]:9/mcp",
        "http://[::ffff:10.0.0.1]/mcp",
        "http://[::ffff:a9fe:a9fe]/latest",
        "http://169.254.169.254/latest/meta-data",
        "http://10.1.2.3/mcp",
        "http://192.168.0.1/mcp",
        "http://100.64.0.1/mcp",
        "http://[fd00::1]/mcp",
        "http://0.0.0.0:9/mcp",
        "http://2130706433/mcp",
        "http://0x7f.1/mcp",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "ftp://mcp.example.com/"
      })
  void no_address_of_this_machine_or_network_is_taken(String url) {
    refused(entry().put("url", url).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"authorization_url", "token_url", "revocation_endpoint"})
  void nor_for_its_authorization_server(String key) {
    ObjectNode entry = entry();
    entry.putObject("oauth").put("client_id", "mine").put(key, "http://127.0.0.1:9/oauth");
    refused(entry.toString());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void the_routers_registrations_are_shown_to_no_address_that_a_user_wrote(String client) {
    ObjectNode entry = entry();
    entry
        .putObject("oauth")
        .put("client_id", client)
        .put("revocation_endpoint", "https://evil.example.com/revoke");
    assertThat(refused(entry.toString()).at("/detail"))
        .contains("mine.oauth.revocation_endpoint", "client_id");
  }

  /**
   * What a name leads to is judged when it is connected to, by the rules for users' servers: what
   * the administrator's own server of that address was allowed is nothing to them.
   */
  @ParameterizedTest
  @ValueSource(strings = {"http", "sse", "websocket"})
  void a_name_that_leads_to_this_machine_is_refused_when_it_is_connected_to(String type) {
    Api api = api(newcomer());
    assertThat(api.post("/api/servers/near/initialize").at("/failureReason"))
        .isEqualTo("unavailable");
    String url = (type.equals("websocket") ? "ws" : "http") + "://localhost:1/mcp";
    ObjectNode entry = entry().put("type", type).put("url", url);
    Api.Answer added = api.put("/api/user-servers/mine", entry.toString());
    assertThat(added.status()).as(added.body()).isEqualTo(200);
    Api.Answer opened = api.post("/api/servers/mine/initialize");
    assertThat(opened.at("/failureReason")).as(opened.body()).isEqualTo("forbidden");
    assertThat(api.get("/api/user-servers/mine").at("/connection/status")).isEqualTo("error");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://example.com/i.png", "/etc/passwd", "../x.png", "data:image/png;base64,AA"})
  void an_icon_is_an_https_address(String icon) {
    assertThat(refused(entry().put("iconPath", icon).toString()).at("/detail"))
        .contains("iconPath");
  }

  @ParameterizedTest
  @ValueSource(strings = {"common", "COMMON", "broken"})
  void a_name_of_the_file_is_refused(String name) {
    Api.Answer answer = put(name, entry().toString());
    assertThat(answer.status()).as(answer.body()).isEqualTo(409);
    assertThat(answer.at("/code")).isEqualTo("name-taken");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a__b", "_a", "a_", "a.b", "a%20b", "a%2Fb", "%C3%A9"})
  void a_name_must_stand_before_its_tools_as_it_is(String name) {
    assertThat(put(name, entry().toString()).status()).isBetween(400, 404);
  }

  @Test
  void two_names_of_one_user_must_not_share_a_prefix() {
    Api api = api(newcomer());
    assertThat(api.put("/api/user-servers/mine", entry().toString()).status()).isEqualTo(200);
    assertThat(api.put("/api/user-servers/Mine", entry().toString()).at("/code"))
        .isEqualTo("name-taken");
  }

  @Test
  void a_user_has_no_more_than_the_administrator_lets_them() {
    Api api = api(newcomer());
    for (int i = 0; i < 3; i++) {
      assertThat(api.put("/api/user-servers/s" + i, entry().toString()).status()).isEqualTo(200);
    }
    Api.Answer fourth = api.put("/api/user-servers/s3", entry().toString());
    assertThat(fourth.status()).isEqualTo(409);
    assertThat(fourth.at("/code")).isEqualTo("too-many-servers");
    assertThat(fourth.at("/detail")).contains("max-per-user");
    assertThat(api.put("/api/user-servers/s1", entry().toString()).status()).isEqualTo(200);
    assertThat(api.delete("/api/user-servers/s0").status()).isEqualTo(204);
    assertThat(api.put("/api/user-servers/s3", entry().toString()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"x\"", "1", "null"})
  void an_entry_is_an_object(String entry) {
    assertThat(put("mine", entry).status()).isEqualTo(400);
  }

  @Test
  void an_entry_has_a_bound() {
    assertThat(refused(entry().put("description", "x".repeat(70_000)).toString()).at("/detail"))
        .contains("64 KiB");
  }

  @Test
  void it_is_off_unless_it_is_switched_on() {
    try (RouterUnderTest plain =
        RouterUnderTest.start(
            new ServersFile().with("common", Peer.behaviour(South.STDIO).entry()))) {
      Api api = Api.of(plain, "X-MCP-User-Id", "ada");
      for (Api.Answer answer :
          List.of(
              api.get("/api/user-servers"),
              api.get("/api/user-servers/mine"),
              api.put("/api/user-servers/mine", entry().toString()),
              api.delete("/api/user-servers/mine"))) {
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.at("/code")).isEqualTo("user-servers-off");
        assertThat(answer.at("/detail")).contains("mcp-router.user-servers.enabled");
      }
    }
  }
}
