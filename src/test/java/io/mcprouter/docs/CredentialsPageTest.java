package io.mcprouter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcprouter.credential.ApiKeys;
import io.mcprouter.credential.NewKey;
import io.mcprouter.credential.Owner;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.South;
import io.mcprouter.testkit.auth.Browser;
import io.mcprouter.testkit.auth.IssuedToken;
import io.mcprouter.testkit.auth.ProtectedMcpServer;
import io.mcprouter.testkit.auth.SpringAuthorizationServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Who follows the page on credentials with curl gets the answers that stand there: with a server of
 * the npm registry, and with a login at an implementation of OAuth that owes nothing to ours.
 */
class CredentialsPageTest {
  private static final Path PAGE = Path.of("docs/how-to/credentials.md");
  private static final String MASTER_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  private static final List<AutoCloseable> running = new ArrayList<>();

  /** Tokens that the server takes no more, as if their time were over. */
  private static final Set<String> ended = ConcurrentHashMap.newKeySet();

  private static volatile String shown = "";
  private static SpringAuthorizationServer spring;
  private static DocumentedCommands page;
  private static String key;

  @BeforeAll
  static void start() throws Exception {
    spring = closing(SpringAuthorizationServer.start());
    ProtectedMcpServer crm =
        closing(ProtectedMcpServer.start(List.of(spring.issuer()), CredentialsPageTest::valid));
    crm.protection().scope("mcp:basic");
    RouterUnderTest router =
        closing(
            RouterUnderTest.start(
                servers(crm),
                "mcp-router.authentication.api-keys=true",
                "mcp-router.store.master-key=" + MASTER_KEY));
    key =
        router
            .bean(ApiKeys.class)
            .create(new NewKey(new Owner("", "ada"), Map.of(), "laptop", Set.of(), Set.of(), null))
            .text();
    page =
        closing(
            DocumentedCommands.of(
                PAGE,
                Map.of(
                    "KEY",
                    key,
                    "API",
                    router.control("").toString(),
                    "MCP",
                    router.uri("").toString())));
  }

  private static <T extends AutoCloseable> T closing(T part) {
    running.addFirst(part);
    return part;
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable part : running) {
      part.close();
    }
  }

  private static Optional<IssuedToken> valid(String token) {
    shown = token;
    return ended.contains(token) ? Optional.empty() : spring.valid(token);
  }

  /** The servers of the page, at the places where they are in this test. */
  private static String servers(ProtectedMcpServer crm) throws Exception {
    String text =
        Pages.blocks(PAGE).stream()
            .filter(block -> block.text().startsWith("mcpServers:"))
            .findFirst()
            .orElseThrow()
            .text();
    List<String> everything =
        Peer.packaged("@modelcontextprotocol/server-everything/dist/index.js");
    return text.replace("command: npx", "command: " + everything.getFirst())
        .replace("\"-y\", \"@modelcontextprotocol/server-everything\"", everything.getLast())
        .replace("https://crm.example.com/mcp", crm.url(South.HTTP))
        .replace("${CRM_REGISTRATION_TOKEN}", spring.initialToken());
  }

  @Test
  void a_value_is_saved_used_and_revoked() throws Exception {
    page.section("### What is missing");
    page.section("### Save it");
    page.section("### Open a session");
    page.section("### Call a tool with it");
    page.section("### Revoke it");
  }

  @Test
  void a_login_is_made_renewed_and_given_back() throws Exception {
    page.section("### Open a session");
    String logins = page.section("### Ask for it");
    logIn(new ObjectMapper().readTree(logins).at("/0/authorizationUrl").asText());
    page.section("### Use it");

    String first = shown;
    ended.add(first);
    page.section("### When the token ends");
    String second = shown;
    assertThat(second).isNotEqualTo(first);
    assertThat(spring.valid(second)).isPresent();

    page.section("### Log out");
    assertThat(spring.valid(second)).as("a token after logging out").isEmpty();
  }

  private static void logIn(String link) {
    try (Browser browser = new Browser().header("X-API-Key", key)) {
      assertThat(browser.open(URI.create(link)).body()).contains("Connected", "crm");
    }
  }
}
