package io.mcprouter.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.mcprouter.config.McpServersFile;
import io.mcprouter.config.ServerSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped file, the examples and the editors' schema say the same as the reader. */
class ShippedFilesTest {
  private static final Path CONFIG = Path.of("config");
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @MethodSource("files")
  void is_read_without_an_error(Path file) {
    McpServersFile read = new McpServersReader(ReadFiles.ENVIRONMENT, false).read(file);
    assertThat(ReadFiles.errors(read)).isEmpty();
    assertThat(((McpServersFile.Accepted) read).servers().servers()).isNotEmpty();
  }

  /** A variable that is not set is all that an example may be warned of. */
  @ParameterizedTest
  @MethodSource("files")
  void is_read_strictly_where_its_variables_are_set(Path file) {
    McpServersFile read = new McpServersReader(name -> "value", true).read(file);
    assertThat(ReadFiles.errors(read)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("files")
  void fits_the_schema(Path file) throws IOException {
    org.yaml.snakeyaml.Yaml yaml = new org.yaml.snakeyaml.Yaml();
    Object content = yaml.load(Files.readString(file));
    assertThat(schema().validate(JSON.valueToTree(content))).isEmpty();
  }

  @Test
  void the_shipped_file_has_the_demo_server() {
    McpServersFile read =
        new McpServersReader(ReadFiles.ENVIRONMENT, true).read(CONFIG.resolve("mcp-servers.yaml"));
    ServerSet servers = ((McpServersFile.Accepted) read).servers();
    assertThat(servers.servers()).containsOnlyKeys("demo");
  }

  @TestFactory
  Stream<DynamicTest> the_schema_has_exactly_the_keys_that_the_reader_knows() throws IOException {
    JsonNode root = JSON.readTree(CONFIG.resolve("mcp-servers.schema.json").toFile());
    JsonNode server = root.at("/definitions/server");
    Map<String, Set<String>> known =
        Map.of(
            "", KnownKeys.ENTRY,
            "/properties/customUserVars/additionalProperties", KnownKeys.USER_VARIABLE,
            "/properties/oauth", KnownKeys.OAUTH,
            "/properties/apiKey", KnownKeys.API_KEY,
            "/properties/obo", KnownKeys.OBO,
            "/properties/router", KnownKeys.ROUTER,
            "/properties/router/properties/oauth", KnownKeys.ROUTER_OAUTH,
            "/properties/router/properties/oauth/properties/identityProvider",
                KnownKeys.IDENTITY_PROVIDER,
            "/properties/router/properties/tools", KnownKeys.TOOLS);
    Stream<DynamicTest> inEntries =
        known.entrySet().stream()
            .map(e -> same("server" + e.getKey(), server.at(e.getKey()), e.getValue()));
    Set<String> top = new TreeSet<>(KnownKeys.TOP);
    top.add("servers");
    return Stream.concat(
        inEntries,
        Stream.of(
            same("top", root, top),
            same("mcpSettings", root.at("/properties/mcpSettings"), KnownKeys.SETTINGS),
            same("toolset", root.at("/definitions/toolset"), KnownKeys.TOOLSET)));
  }

  private static DynamicTest same(String name, JsonNode object, Set<String> known) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          List<String> keys = new ArrayList<>();
          object.get("properties").fieldNames().forEachRemaining(keys::add);
          assertThat(keys).containsExactlyInAnyOrderElementsOf(known);
        });
  }

  @Test
  void every_key_in_the_schema_says_what_it_is_for() throws IOException {
    JsonNode root = JSON.readTree(CONFIG.resolve("mcp-servers.schema.json").toFile());
    List<JsonNode> properties = root.findValues("properties");
    assertThat(properties).isNotEmpty();
    for (JsonNode object : properties) {
      object
          .properties()
          .forEach(
              key ->
                  assertThat(key.getValue().path("description").asText())
                      .as(key.getKey())
                      .isNotBlank());
    }
  }

  private static JsonSchema schema() throws IOException {
    String text = Files.readString(CONFIG.resolve("mcp-servers.schema.json"));
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(text);
  }

  static Stream<Path> files() throws IOException {
    try (Stream<Path> examples = Files.list(CONFIG.resolve("examples"))) {
      List<Path> files = new ArrayList<>(examples.sorted().toList());
      files.add(CONFIG.resolve("mcp-servers.yaml"));
      return files.stream();
    }
  }
}
