package io.mcprouter.docs;

import io.mcprouter.credential.ApiKeys;
import io.mcprouter.credential.NewKey;
import io.mcprouter.credential.Owner;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.South;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who follows the page on servers that users add gets the answers that stand there. */
class UserServersPageTest {
  private static final Path PAGE = Path.of("docs/how-to/user-servers.md");
  private static final String MASTER_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  @Test
  void a_server_is_added_used_and_removed() throws Exception {
    try (Peer notes = Peer.behaviour(South.HTTP);
        RouterUnderTest router =
            RouterUnderTest.start(
                "mcpSettings: {allowedAddresses: [\"127.0.0.1:"
                    + notes.port()
                    + "\"]}\nmcpServers: {}\n",
                "mcp-router.user-servers.enabled=true",
                "mcp-router.authentication.api-keys=true",
                "mcp-router.store.master-key=" + MASTER_KEY);
        DocumentedCommands page = DocumentedCommands.of(PAGE, variables(router, notes))) {
      page.section("## Add one");
      page.section("## Use it");
      page.section("## List and remove");
    }
  }

  private static Map<String, String> variables(RouterUnderTest router, Peer notes) {
    String key =
        router
            .bean(ApiKeys.class)
            .create(new NewKey(new Owner("", "ada"), Map.of(), "laptop", Set.of(), Set.of(), null))
            .text();
    return Map.of(
        "KEY", key,
        "API", router.control("").toString(),
        "MCP", router.uri("").toString(),
        "SERVER", notes.entry().get("url").asText());
  }
}
