package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.monitoring.Redaction;
import io.mcprouter.testkit.Api;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.ProxyUsers;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import io.mcprouter.testkit.TalkativeLog;
import io.mcprouter.testkit.auth.Browser;
import io.mcprouter.testkit.auth.Endpoint;
import io.mcprouter.testkit.auth.Fault;
import io.mcprouter.testkit.auth.ProtectedMcpServer;
import io.mcprouter.testkit.auth.RecordedRequest;
import io.mcprouter.testkit.auth.ScriptedAuthorizationServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whole scenarios with known secrets, every logger at its most talkative; then each secret is
 * looked for in everything that came out: the log, the answers, the database's files.
 */
class SecretCanariesTest {
  private static final String VALUE = "canary-7f3a-user-variable";
  private static final String LITERAL = "canary-7f3a-in-the-servers-file";
  private static final String WRONG_JWT = "eyJhbGciOiJSUzI1NiJ9.canary-7f3a.canary-7f3a";

  private final Map<String, String> secrets = new LinkedHashMap<>();
  private final List<String> answers = new ArrayList<>();

  @Test
  void no_secret_is_in_the_log_in_an_answer_or_in_the_database() throws Exception {
    secrets.put("user variable", VALUE);
    secrets.put("literal", LITERAL);
    secrets.put("proxy secret", ProxyUsers.SECRET);
    secrets.put("master key", ProxyUsers.MASTER_KEY);
    secrets.put("wrong token", WRONG_JWT);
    Map<South, Peer> peers = new EnumMap<>(South.class);
    try (TalkativeLog log = TalkativeLog.open();
        ScriptedAuthorizationServer issuer = ScriptedAuthorizationServer.start();
        ProtectedMcpServer guarded = ProtectedMcpServer.start(issuer)) {
      ServersFile file = new ServersFile().with("guarded", guarded.entry(South.HTTP));
      for (South south : South.values()) {
        peers.put(south, Peer.behaviour(south));
        file.with(south.server(), withVariable(peers.get(south).entry()));
      }
      try (RouterUnderTest router = RouterUnderTest.start(file, settings(issuer, log))) {
        log.attach();
        variables(router);
        keys(router);
        tokens(router, issuer);
        login(router, issuer);
        answers.add(ProxyUsers.api(router, "root", "admin").get("/api/audit?size=1000").body());
        answers.add(ProxyUsers.api(router, "root", "admin").get("/actuator/prometheus").body());
        database(router.data());
        assertThat(List.of(VALUE, LITERAL, ProxyUsers.SECRET, ProxyUsers.MASTER_KEY, WRONG_JWT))
            .as("would be taken out of a log, if one logged them")
            .allMatch(secret -> !router.bean(Redaction.class).redacted(secret).contains(secret));
      }
      log.detach();
      assertThat(log.lines()).as("lines that were looked at").isGreaterThan(1_000);
      assertThat(log.holding(secrets)).as("lines with a secret").isEmpty();
    } finally {
      peers.values().forEach(Peer::close);
    }
    assertThat(answers).isNotEmpty().allSatisfy(answer -> assertThat(holding(answer)).isEmpty());
  }

  private static ObjectNode withVariable(ObjectNode entry) {
    boolean child = entry.has("command");
    entry.withObject(child ? "/env" : "/headers").put(child ? "TOKEN" : "X-Token", "{{TOKEN}}");
    entry.withObject(child ? "/env" : "/headers").put(child ? "LITERAL" : "X-Literal", LITERAL);
    entry.withObject("/customUserVars/TOKEN").put("title", "Token");
    return entry;
  }

  private static String[] settings(ScriptedAuthorizationServer issuer, TalkativeLog log) {
    return ProxyUsers.settings(
        Stream.concat(
                Stream.of(
                    "mcp-router.authentication.api-keys=true",
                    "mcp-router.authentication.issuers.own.issuer=" + issuer.issuer(),
                    "mcp-router.authentication.issuers.own.audiences=mcp-router"),
                log.settings())
            .toArray(String[]::new));
  }

  private List<String> holding(String text) {
    return secrets.entrySet().stream()
        .filter(secret -> text.contains(secret.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Saved, used over every transport, in failures too, and revoked. */
  private void variables(RouterUnderTest router) {
    Api ada = ProxyUsers.api(router, "ada");
    for (South south : South.values()) {
      String path = "/api/servers/" + south.server() + "/variables";
      answers.add(ada.put(path, "{\"TOKEN\":\"" + VALUE + "\\n\"}").body());
      answers.add(ada.post("/api/servers/" + south.server() + "/initialize").body());
      answers.add(ada.put(path, "{\"TOKEN\":\"" + VALUE + "\"}").body());
      answers.add(ada.get(path).body());
      try (McpClient client = ProxyUsers.client(router, "ada").server(south.server()).connect()) {
        String echoed =
            south == South.STDIO
                ? client.say("env", "{\"name\":\"TOKEN\"}")
                : client.say("headers", "{}");
        assertThat(echoed).as("the server did get the value").contains(VALUE);
        client.call("fail", "{\"message\":\"" + VALUE + "\"}");
        client.call("throw", "{\"message\":\"" + VALUE + "\"}");
        answers.add(client.call("die", "{}").raw());
      }
      answers.add(ada.get("/api/servers").body());
      answers.add(ada.delete(path).body());
    }
  }

  private void keys(RouterUnderTest router) {
    Api ada = ProxyUsers.api(router, "ada");
    Api.Answer made = ada.post("/api/keys", "{\"label\":\"laptop\"}");
    String key = made.at("/key");
    secrets.put("API key", key.substring("mcr_0123456789abcdef_".length())); // may hold a '_'
    Api byKey = Api.of(router, "Authorization", "Bearer " + key);
    answers.add(byKey.get("/api/keys").body());
    answers.add(Api.of(router, "X-API-Key", key + "x").get("/api/keys").body());
    answers.add(ada.delete("/api/keys/" + made.at("/details/id")).body());
    answers.add(byKey.get("/api/keys").body());
    answers.add(ada.with("X-MCP-Router-Secret", "canary-7f3a-wrong").get("/api/keys").body());
  }

  private void tokens(RouterUnderTest router, ScriptedAuthorizationServer issuer) {
    String token = issuer.accessToken("eve", "mcp-router");
    secrets.put("JWT", token.substring(token.lastIndexOf('.') + 1));
    Api eve = Api.of(router, "Authorization", "Bearer " + token);
    Api.Answer seen = eve.get("/api/servers");
    assertThat(seen.status()).as(seen.body()).isEqualTo(200);
    answers.add(seen.body());
    answers.add(Api.of(router, "Authorization", "Bearer " + WRONG_JWT).get("/api/keys").body());
    answers.add(Api.of(router, "Authorization", "Bearer " + token + "x").get("/api/keys").body());
  }

  /** A login, calls, a renewal, failures of the token endpoint, a revocation. */
  private void login(RouterUnderTest router, ScriptedAuthorizationServer issuer) {
    Api bo = ProxyUsers.api(router, "bo");
    try (Browser browser = proxied("bo");
        McpClient client = ProxyUsers.client(router, "bo").connect()) {
      String link = bo.post("/api/servers/guarded/login").at("/authorizationUrl");
      secrets.put("link", link.substring(link.lastIndexOf('/') + 1));
      Browser.Page page = browser.open(URI.create(link));
      assertThat(page.body()).contains("Connected");
      answers.add(page.body());
      browser.cookies(URI.create(link)).forEach((name, value) -> secrets.put("cookie", value));
      answers.add(bo.post("/api/servers/guarded/initialize").body());
      answers.add(client.call("guarded__whoami").raw());
      issuer.expireAccessTokens();
      answers.add(client.call("guarded__whoami").raw());
      issuer.expireAccessTokens();
      issuer.always(Endpoint.TOKEN, new Fault.Status(500));
      answers.add(client.call("guarded__whoami").raw());
      issuer.behave(Endpoint.TOKEN);
      answers.add(bo.delete("/api/servers/guarded/login").body());
    }
    issuer.requests().forEach(this::note);
  }

  private static Browser proxied(String user) {
    return new Browser()
        .header("X-MCP-Router-Secret", ProxyUsers.SECRET)
        .header("X-MCP-User-Id", user);
  }

  /** What the router sent to the authorization server. */
  private void note(RecordedRequest request) {
    for (String name :
        List.of("code", "code_verifier", "client_secret", "refresh_token", "token", "state")) {
      if (request.has(name)) {
        secrets.put(name + " " + secrets.size(), request.parameter(name));
      }
    }
  }

  private void database(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(holding(bytes)).as(file.getFileName().toString()).isEmpty();
      }
    }
  }
}
