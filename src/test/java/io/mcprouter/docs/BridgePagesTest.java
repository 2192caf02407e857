package io.mcprouter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.PetShop;
import io.mcprouter.testkit.RouterRoutes;
import io.mcprouter.testkit.RouterUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The routes of the pages on programs and HTTP APIs as tools, as they stand there, in a router. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BridgePagesTest {
  private static final Path COMMANDS = Path.of("docs/how-to/commands-as-tools.md");
  private static final Path REST = Path.of("docs/how-to/rest-as-tools.md");
  private static final Path REFERENCE = Path.of("docs/reference/mcp-openapi.md");

  @TempDir private static Path texts;

  private final PetShop shop = new PetShop();
  private RouterUnderTest router;

  /** What the page calls a bean of yours. */
  public static final class PetTokens {
    public String of(String user) {
      return "token-of-" + user;
    }
  }

  @BeforeAll
  void start() throws Exception {
    Files.writeString(texts.resolve("intro.txt"), "three short words\n");
    router = RouterUnderTest.start("mcpServers: {}", "texts.directory=" + texts);
    RouterRoutes routes = RouterRoutes.of(router).bind(Map.of("petTokens", new PetTokens()));
    for (Path page : new Path[] {COMMANDS, REST, REFERENCE}) {
      for (Block block : Pages.blocks(page)) {
        routes.load(here(block.text()));
      }
    }
    RouterRoutes.awaitServers(router, "texts", "pets", "own-pets", "service-pets", "pet-reader");
  }

  /** The shop of the test in place of the page's; its login is another page's matter. */
  private String here(String text) {
    return text.replace("file:config/pets.yaml", "classpath:pets.yaml")
        .replace("https://pets.example.com/v1", shop.url())
        .replace("io.mcprouter.oauth.camel.OAuthClientCredentialsProcessor", Login.class.getName());
  }

  /** Stands for the step that gets a token. */
  public static final class Login implements Processor {
    private String profile = "";

    public void setProfile(String profile) {
      this.profile = profile;
    }

    @Override
    public void process(Exchange exchange) {
      exchange.getMessage().setHeader("Authorization", "Bearer token-of-profile-" + profile);
    }
  }

  @AfterAll
  void stop() {
    router.close();
    shop.close();
  }

  private String say(String server, String tool, String arguments) {
    try (McpClient client = McpClient.of(router).server(server).user("ada").connect()) {
      return client.say(tool, arguments);
    }
  }

  @Test
  void the_program_counts_words() {
    assertThat(say("texts", "count_words", "{\"file\":\"intro.txt\"}")).isEqualTo("3 intro.txt\n");
  }

  @Test
  void each_route_to_the_api_brings_its_credentials() {
    say("pets", "getPet", "{\"id\":\"7\"}");
    assertThat(shop.last().header("Authorization")).startsWith("Bearer");
    say("own-pets", "getPet", "{\"id\":\"7\"}");
    assertThat(shop.last().header("Authorization")).isEqualTo("Bearer token-of-ada");
    say("service-pets", "addPet", "{\"body\":{\"name\":\"Rex\"}}");
    assertThat(shop.last().header("Authorization")).isEqualTo("Bearer token-of-profile-pets");
    say("pet-reader", "listPets", "{}");
    assertThat(shop.last().header("X-shop")).isEqualTo("main");
  }

  @Test
  void the_reference_names_every_option() throws IOException {
    JsonNode catalog =
        new ObjectMapper()
            .readTree(
                Path.of(
                        "src/generated/resources/META-INF/io/mcprouter/integration/rest/mcp-openapi.json")
                    .toFile());
    String page = Files.readString(REFERENCE);
    catalog
        .path("properties")
        .properties()
        .forEach(
            option -> {
              boolean ours = !option.getValue().path("label").asText().contains("advanced");
              if (ours && option.getValue().path("kind").asText().equals("parameter")) {
                assertThat(page).contains("`" + option.getKey());
              }
            });
  }
}
