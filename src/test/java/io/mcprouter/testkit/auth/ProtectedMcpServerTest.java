package io.mcprouter.testkit.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gets in at the protected server, and what it says to the others. */
class ProtectedMcpServerTest {
  private static final String WHOAMI =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\"}}";

  private final ScriptedAuthorizationServer authorization = ScriptedAuthorizationServer.start();
  private final ProtectedMcpServer server = ProtectedMcpServer.start(authorization);
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    http.close();
    server.close();
    authorization.close();
  }

  @Test
  void says_where_a_token_is_to_be_had() throws Exception {
    server.protection().scope("mcp:basic");
    HttpResponse<String> refused = call("whoami", null);
    assertThat(refused.statusCode()).isEqualTo(401);
    String challenge = refused.headers().firstValue("www-authenticate").orElseThrow();
    assertThat(challenge).startsWith("Bearer ").contains("scope=\"mcp:basic\"");
    String link = challenge.replaceAll(".*resource_metadata=\"([^\"]*)\".*", "$1");
    assertThat(get(link).body()).contains(server.url(South.HTTP)).contains(authorization.issuer());
  }

  @Test
  void takes_a_token_that_was_given_for_it() throws Exception {
    String token = authorization.accessToken("alice", server.resource(South.HTTP), "mcp:basic");
    assertThat(call("whoami", token).body()).contains("alice");
  }

  @Test
  void takes_no_token_of_another_server_nor_one_that_ended() throws Exception {
    String foreign = authorization.accessToken("alice", "https://other.example/mcp");
    String own = authorization.accessToken("alice", server.resource(South.HTTP));
    assertThat(call("whoami", foreign).statusCode()).isEqualTo(401);
    assertThat(call("whoami", own).statusCode()).isEqualTo(200);
    authorization.expireAccessTokens();
    assertThat(call("whoami", own).statusCode()).isEqualTo(401);
  }

  @Test
  void asks_for_more_where_a_tool_needs_it() throws Exception {
    String little = authorization.accessToken("alice", server.resource(South.HTTP), "mcp:basic");
    String much = authorization.accessToken("alice", server.resource(South.HTTP), "mcp:admin");
    HttpResponse<String> refused = call("admin", little);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("www-authenticate").orElseThrow())
        .contains("error=\"insufficient_scope\"", "scope=\"mcp:admin\"");
    assertThat(call("admin", much).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(value = South.class, names = "STDIO", mode = EnumSource.Mode.EXCLUDE)
  void is_an_mcp_server_over_each_transport(South south) {
    String token = authorization.accessToken("alice", server.resource(south));
    var entry = server.entry(south);
    entry.withObject("/headers").put("Authorization", "Bearer " + token);
    try (RouterUnderTest router = RouterUnderTest.start(new ServersFile().with("guarded", entry));
        McpClient client = McpClient.of(router).server("guarded").connect()) {
      assertThat(client.call("whoami").toString()).contains("alice");
    }
  }

  @Test
  void the_official_middleware_protects_in_the_same_way() {
    authorization.script().publishedAt(WellKnown.OAUTH);
    try (Peer peer = Peer.start(Peer.PROTECTED, South.HTTP, authorization.issuer())) {
      String resource = "http://127.0.0.1:" + peer.port() + "/mcp";
      var entry = peer.entry();
      entry
          .withObject("/headers")
          .put(
              "Authorization", "Bearer " + authorization.accessToken("bob", resource, "mcp:basic"));
      try (RouterUnderTest router =
              RouterUnderTest.start(new ServersFile().with("guarded", entry));
          McpClient client = McpClient.of(router).server("guarded").connect()) {
        assertThat(client.call("whoami").toString()).contains("bob");
      }
    }
  }

  private HttpResponse<String> call(String tool, @Nullable String token) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url(South.HTTP)))
            .POST(HttpRequest.BodyPublishers.ofString(WHOAMI.formatted(tool)));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String uri) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
