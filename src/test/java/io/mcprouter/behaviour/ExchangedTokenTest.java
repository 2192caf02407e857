package io.mcprouter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import io.mcprouter.testkit.auth.ProtectedMcpServer;
import io.mcprouter.testkit.auth.RecordedRequest;
import io.mcprouter.testkit.auth.RegisteredClient;
import io.mcprouter.testkit.auth.ScriptedAuthorizationServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A session outlives the token that it was opened with; its user's next one takes its place. */
class ExchangedTokenTest {
  private static final String AUDIENCE = "mcp-router";
  private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

  @TempDir private static Path directory;
  private static Path masterKey;

  @BeforeAll
  static void makeMasterKey() throws IOException {
    String key = Base64.getEncoder().encodeToString(new byte[32]);
    masterKey = Files.writeString(directory.resolve("master.key"), key);
    Files.setPosixFilePermissions(masterKey, PosixFilePermissions.fromString("rw-------"));
  }

  private static RouterUnderTest router(
      ScriptedAuthorizationServer issuer, ProtectedMcpServer server, South south) {
    issuer.add(RegisteredClient.withSecret("router", "s3cret", "client_secret_basic"));
    ObjectNode entry = server.entry(south);
    entry
        .withObject("/router/oauth")
        .put("grant", "token_exchange")
        .put("clientId", "router")
        .put("clientSecret", "s3cret");
    String staff = "mcp-router.authentication.issuers.staff.";
    return RouterUnderTest.start(
        new ServersFile().with("guarded", entry),
        staff + "issuer=" + issuer.issuer(),
        staff + "audiences=" + AUDIENCE,
        "mcp-router.store.master-key-file=" + masterKey);
  }

  private static McpClient client(RouterUnderTest router, String token) {
    return McpClient.of(router)
        .server("guarded")
        .header("Authorization", "Bearer " + token)
        .connect();
  }

  private static List<String> exchanged(ScriptedAuthorizationServer issuer) {
    return issuer.tokenRequests(EXCHANGE).stream()
        .map((RecordedRequest each) -> each.parameter("subject_token"))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP", "SSE"})
  void the_newest_token_of_the_user_is_exchanged_on_an_open_session(South south) {
    try (ScriptedAuthorizationServer issuer = ScriptedAuthorizationServer.start();
        ProtectedMcpServer server = ProtectedMcpServer.start(issuer);
        RouterUnderTest router = router(issuer, server, south)) {
      String first = issuer.accessToken("ada", AUDIENCE);
      String second = issuer.accessToken("ada", AUDIENCE);
      String bobs = issuer.accessToken("bob", AUDIENCE);
      try (McpClient ada = client(router, first);
          McpClient bob = client(router, bobs)) {
        assertThat(ada.call("whoami").raw()).contains("ada");
        assertThat(bob.call("whoami").raw()).contains("bob");
        issuer.expireAccessTokens();
        issuer.forgetRequests();
        try (McpClient again = client(router, second)) {
          assertThat(again.call("whoami").raw()).contains("ada");
        }
        assertThat(exchanged(issuer)).containsOnly(second);
        assertThat(bob.call("whoami").raw()).contains("bob");
        assertThat(exchanged(issuer)).containsOnly(second, bobs);
      }
      assertThat(server.arrived())
          .noneMatch(each -> each.authorization().contains(first))
          .noneMatch(each -> each.authorization().contains(second))
          .noneMatch(each -> each.authorization().contains(bobs));
    }
  }
}
