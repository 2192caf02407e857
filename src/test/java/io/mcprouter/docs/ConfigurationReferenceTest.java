package io.mcprouter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcprouter.config.Fault;
import io.mcprouter.config.McpServersFile;
import io.mcprouter.config.reader.McpServersReader;
import io.mcprouter.wiring.McpRouterProperties;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.DefaultValue;

class ConfigurationReferenceTest {
  private static final Path PAGE = Path.of("docs/configuration.md");

  @Test
  void names_every_key_of_the_servers_file() throws IOException {
    JsonNode schema =
        new ObjectMapper().readTree(Path.of("config/mcp-servers.schema.json").toFile());
    Set<String> keys = new TreeSet<>();
    collectKeys(schema, keys);
    assertThat(keys).hasSizeGreaterThan(50);

    String page = Files.readString(PAGE);
    assertThat(keys)
        .allSatisfy(key -> assertThat(page).containsPattern("`([A-Za-z_.]*\\.)?" + key + "`"));
  }

  private static void collectKeys(JsonNode node, Set<String> keys) {
    node.properties()
        .forEach(
            member -> {
              if (member.getKey().equals("properties")) {
                member.getValue().fieldNames().forEachRemaining(keys::add);
              }
              collectKeys(member.getValue(), keys);
            });
  }

  @Test
  void names_every_setting_of_the_process_with_its_default() throws IOException {
    List<String> rows = Files.readAllLines(PAGE);

    assertThat(settings("mcp-router.", McpRouterProperties.class))
        .hasSizeGreaterThan(25)
        .allSatisfy(
            setting ->
                assertThat(rows)
                    .as(setting)
                    .anySatisfy(row -> assertThat(row).startsWith("| `" + setting)));
  }

  /** Each setting with what follows it in the table: {@code key` | `default`}. */
  private static List<String> settings(String prefix, Class<?> properties) {
    return Arrays.stream(properties.getRecordComponents())
        .flatMap(component -> settings(prefix, component))
        .toList();
  }

  private static Stream<String> settings(String prefix, RecordComponent component) {
    String name =
        prefix
            + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    if (component.getType().isRecord()) {
      return settings(name + ".", component.getType()).stream();
    }
    DefaultValue value = parameter(component).getAnnotation(DefaultValue.class);
    boolean hasText = value != null && value.value().length == 1;
    return Stream.of(hasText ? name + "` | `" + value.value()[0] + "`" : name + "` |");
  }

  private static java.lang.reflect.Parameter parameter(RecordComponent component) {
    Class<?> record = component.getDeclaringRecord();
    return Arrays.stream(record.getDeclaredConstructors()[0].getParameters())
        .filter(parameter -> parameter.getName().equals(component.getName()))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void an_example_is_accepted_strictly_where_its_variables_are_set(Block example) {
    McpServersFile read =
        new McpServersReader(name -> "value", true).read(example.toString(), example.text());

    assertThat(read).isInstanceOf(McpServersFile.Accepted.class);
    assertThat(read.faults().stream().map(Fault::toString)).isEmpty();
  }

  static List<Block> examples() throws IOException {
    List<Block> examples =
        Pages.blocks("yaml", "json").stream()
            .filter(block -> block.text().contains("mcpServers"))
            .toList();
    assertThat(examples).isNotEmpty();
    return examples;
  }
}
