package io.mcprouter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcprouter.testkit.McpClient;
import io.mcprouter.testkit.Message;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.PetShop;
import io.mcprouter.testkit.RouterUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The files of routes/examples, as they are, in a router; that with a broker is only loaded. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("routes/examples");
  private static final String KAFKA = "calls-from-kafka.camel.yaml";
  private static final Set<String> RUN =
      Set.of(
          "command-as-tool.camel.yaml",
          "file-as-resource.camel.yaml",
          "prompt.camel.yaml",
          "rest-as-tools.camel.yaml",
          "tool-with-progress.camel.yaml",
          "two-calls-in-one-tool.camel.yaml");

  @TempDir private static Path directory;

  private final PetShop shop = new PetShop();
  private RouterUnderTest router;
  private McpClient client;

  @BeforeAll
  void start() throws IOException {
    Path routes = Files.createDirectory(directory.resolve("routes"));
    for (String example : RUN) {
      Files.copy(EXAMPLES.resolve(example), routes.resolve(example));
    }
    Path notes = Files.createDirectory(directory.resolve("notes"));
    Files.writeString(notes.resolve("decisions.txt"), "We take YAML.\nWe take --no glue.\n");
    Files.writeString(directory.resolve("secret.txt"), "secret");
    List<String> everything =
        Peer.packaged("@modelcontextprotocol/server-everything/dist/index.js");
    router =
        RouterUnderTest.start(
            "mcpServers:\n  everything:\n    command: %s\n    args: [%s]\n"
                .formatted(everything.getFirst(), everything.getLast()),
            "mcp-router.routes.directory=" + routes,
            "notes.directory=" + notes,
            "pets.specification=classpath:pets.yaml",
            "pets.url=" + shop.url());
  }

  @AfterAll
  void stop() {
    router.close();
    shop.close();
  }

  @BeforeEach
  void connect() {
    client = McpClient.of(router).server("examples").user("ada").connect();
  }

  @AfterEach
  void leave() {
    client.close();
  }

  @Test
  void each_example_is_here() throws IOException {
    Set<String> files;
    try (Stream<Path> all = Files.list(EXAMPLES)) {
      files =
          all.map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith(".camel.yaml"))
              .collect(Collectors.toSet());
    }
    Set<String> tested = new TreeSet<>(RUN);
    tested.add(KAFKA);
    assertThat(files).isEqualTo(tested);
  }

  @Test
  void one_tool_is_made_of_two_calls() {
    JsonNode result =
        client
            .call("compare_weather", "{\"first\":\"Chicago\",\"second\":\"New York\"}")
            .result()
            .path("structuredContent");

    assertThat(result.path("first").asText())
        .isEqualTo("Chicago: Light rain / drizzle, 36 degrees");
    assertThat(result.path("second").asText()).startsWith("New York: ").endsWith(" degrees");
  }

  @Test
  void a_tool_tells_how_far_it_is() {
    Message reply = client.start("check_articles", "{\"articles\":[\"4711\",\"12\"]}", "1").reply();

    assertThat(reply.text()).isEqualTo("2 articles are checked.");
    assertThat(client.received("notifications/progress"))
        .extracting(message -> message.params().path("message").asText())
        .containsExactly("4711 is checked", "12 is checked");
  }

  @Test
  void a_file_is_a_resource_and_nothing_beside_it() {
    assertThat(read("notes://decisions").result().at("/contents/0/text").asText())
        .startsWith("We take YAML.");
    assertThat(read("notes://decisions").result().at("/contents/0/mimeType").asText())
        .isEqualTo("text/plain");
    for (String other :
        List.of("notes://plans", "notes://..%2Fsecret", "notes://..", "notes://a&delete=true")) {
      assertThat(read(other).isError()).as(other).isTrue();
    }
    assertThat(directory.resolve("notes/decisions.txt")).exists();
  }

  private Message read(String uri) {
    return client.ask("resources/read", "{\"uri\":\"" + uri + "\"}");
  }

  @Test
  void a_prompt_has_arguments() {
    assertThat(
            client
                .ask(
                    "prompts/get",
                    "{\"name\":\"write_release_note\",\"arguments\":{\"version\":\"1.4\",\"audience\":\"users\"}}")
                .result()
                .at("/messages/0/content/text")
                .asText())
        .startsWith("Write a release note of version 1.4 for users.");
  }

  @Test
  void a_program_is_a_tool() {
    try (McpClient notes = McpClient.of(router).server("notes").user("ada").connect()) {
      assertThat(notes.say("search_notes", "{\"text\":\"yaml\"}")).isEqualTo("We take YAML.\n");
      assertThat(notes.say("search_notes", "{\"text\":\"--no\"}"))
          .isEqualTo("We take --no glue.\n");
      assertThat(notes.say("search_notes", "{\"text\":\"XML\"}"))
          .isEqualTo("No line holds this text.");
      assertThat(
              notes
                  .call("search_notes", "{\"text\":\"e\",\"notes\":\"../secret\"}")
                  .result()
                  .path("isError")
                  .asBoolean())
          .isTrue();
    }
  }

  @Test
  void an_http_api_is_tools() {
    try (McpClient pets = McpClient.of(router).server("pets").user("ada").connect()) {
      assertThat(pets.tools()).containsExactlyInAnyOrder("listPets", "getPet");
      assertThat(pets.say("getPet", "{\"id\":\"7\"}")).isEqualTo("{\"uri\":\"/v1/pets/7\"}");
    }
  }

  @Test
  void the_route_of_the_broker_can_be_made() throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      for (Path file :
          List.of(Path.of("routes/messages-kafka.camel.yaml"), EXAMPLES.resolve(KAFKA))) {
        PluginHelper.getRoutesLoader(camel)
            .loadRoutes(
                ResourceHelper.fromString(file.getFileName().toString(), Files.readString(file)));
      }
      assertThat(camel.getRouteDefinitions())
          .extracting(RouteDefinition::getRouteId)
          .containsExactly("orders");
    }
  }
}
