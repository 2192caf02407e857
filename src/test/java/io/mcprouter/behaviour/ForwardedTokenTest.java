package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.session.Sessions;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import io.mcprouter.testkit.auth.ProtectedMcpServer;
import io.mcprouter.testkit.auth.ScriptedAuthorizationServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The token with which a caller comes to the router stays there, unless the administrator lets
 * servers see the tokens of its issuer and the server's entry asks for them.
 */
class ForwardedTokenTest {
  private static final String AUDIENCE = "mcp-router";

  @TempDir private static Path directory;
  private static Path masterKey;

  private ScriptedAuthorizationServer issuer;
  private ProtectedMcpServer server;

  @BeforeAll
  static void makeMasterKey() throws IOException {
    String key = Base64.getEncoder().encodeToString(new byte[32]);
    masterKey = Files.writeString(directory.resolve("master.key"), key);
    Files.setPosixFilePermissions(masterKey, PosixFilePermissions.fromString("rw-------"));
  }

  @BeforeEach
  void start() {
    issuer = ScriptedAuthorizationServer.start();
    server = ProtectedMcpServer.start(issuer);
    server.protection().resource(AUDIENCE);
  }

  @AfterEach
  void stop() {
    server.close();
    issuer.close();
  }

  private RouterUnderTest router(ObjectNode entry, boolean forwards) {
    String staff = "mcp-router.authentication.issuers.staff.";
    return RouterUnderTest.start(
        new ServersFile().with("guarded", entry),
        staff + "issuer=" + issuer.issuer(),
        staff + "audiences=" + AUDIENCE,
        staff + "forward-token=" + forwards,
        "mcp-router.store.master-key-file=" + masterKey);
  }

  private ObjectNode asking(South south) {
    ObjectNode entry = server.entry(south);
    entry
        .withObject("/headers")
        .put("Authorization", "Bearer {{LIBRECHAT_OPENID_ACCESS_TOKEN}}")
        .put("X-Token-Ends", "{{LIBRECHAT_OPENID_EXPIRES_AT}}");
    return entry;
  }

  private String token() {
    return issuer.accessToken("ada", AUDIENCE);
  }

  private static McpClient client(RouterUnderTest router, String token) {
    return McpClient.of(router)
        .server("guarded")
        .header("Authorization", "Bearer " + token)
        .connect();
  }

  private void assertUnseen(String token) {
    assertThat(server.arrived())
        .allSatisfy(
            request -> {
              assertThat(request.authorization()).doesNotContain(token);
              assertThat(request.headers().toString()).doesNotContain(token);
              assertThat(request.path()).doesNotContain(token);
            });
    assertThat(issuer.requests())
        .allSatisfy(
            request ->
                assertThat(request.headers().toString() + request.body()).doesNotContain(token));
  }

  @ParameterizedTest
  @EnumSource(names = "STDIO", mode = EnumSource.Mode.EXCLUDE)
  void a_token_goes_south_where_the_entry_asks_and_the_administrator_allows(South south) {
    String token = token();
    try (RouterUnderTest router = router(asking(south), true);
        McpClient client = client(router, token)) {
      assertThat(client.initialized().isError()).as(client.initialized().raw()).isFalse();
      assertThat(client.call("whoami").raw()).contains("ada");
      assertThat(server.arrived())
          .isNotEmpty()
          .allSatisfy(request -> assertThat(request.authorization()).isEqualTo("Bearer " + token));
      assertThat(server.arrived().getFirst().headers().get("X-Token-Ends")).matches("\\d{10}");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "STDIO", mode = EnumSource.Mode.EXCLUDE)
  void a_token_stays_where_the_administrator_does_not_allow_it(South south) {
    String token = token();
    try (RouterUnderTest router = router(asking(south), false);
        McpClient client = client(router, token)) {
      assertThat(client.initialized().isError()).isTrue();
      assertThat(client.initialized().raw()).contains("not_configured").doesNotContain(token);
      assertUnseen(token);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "STDIO", mode = EnumSource.Mode.EXCLUDE)
  void a_token_never_goes_south_by_itself(South south) {
    String token = token();
    try (RouterUnderTest router = router(server.entry(south), true);
        McpClient client = client(router, token)) {
      assertThat(client.initialized().isError()).isTrue();
      assertThat(server.arrived()).isNotEmpty();
      assertUnseen(token);
    }
  }

  @Test
  void a_new_token_opens_a_new_session() {
    String first = token();
    String second = token();
    try (RouterUnderTest router = router(asking(South.SSE), true);
        McpClient before = client(router, first);
        McpClient after = client(router, second)) {
      assertThat(before.call("whoami").isError()).isFalse();
      assertThat(after.call("whoami").isError()).isFalse();
      assertThat(server.arrived().stream().filter(each -> each.path().equals("/sse")))
          .extracting(ProtectedMcpServer.Arrived::authorization)
          .containsExactly("Bearer " + first, "Bearer " + second);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "STDIO", mode = EnumSource.Mode.EXCLUDE)
  void a_session_ends_with_the_token_that_it_was_opened_with(South south) {
    issuer.script().accessLifetime(Duration.ofSeconds(10));
    try (RouterUnderTest router = router(asking(south), true);
        McpClient client = client(router, token())) {
      assertThat(client.initialized().isError()).as(client.initialized().raw()).isFalse();
      assertThat(router.bean(Sessions.class).views()).isNotEmpty();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> router.bean(Sessions.class).views().isEmpty());
      assertThat(client.call("whoami").raw()).contains("not_configured");
    }
  }
}
