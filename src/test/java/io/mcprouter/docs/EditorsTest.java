package io.mcprouter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.mcprouter.protocol.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * What Kaoto and other editors need: routes that fit Camel's YAML schema, and components whose
 * catalog knows every option that our routes use.
 */
class EditorsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final CamelCatalog CATALOG = new DefaultCamelCatalog();
  private static final JsonSchema SCHEMA = schema();

  private static JsonSchema schema() {
    try (InputStream in =
        Objects.requireNonNull(
            Frame.class.getClassLoader().getResourceAsStream("schema/camelYamlDsl.json"))) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(JSON.readTree(in));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeAll
  static void addOwnComponents() throws IOException {
    for (Path file : own()) {
      String json = Files.readString(file);
      ComponentModel component = JsonMapper.generateComponentModel(json);
      CATALOG.addComponent(component.getScheme(), component.getJavaType(), json);
    }
  }

  private static List<Path> own() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/generated/resources/META-INF/io"))) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  /** Shipped routes and examples, and what the pages show. */
  static Stream<String> routes() throws IOException {
    Stream<String> shipped;
    try (Stream<Path> files = Files.walk(Path.of("routes"))) {
      shipped =
          files
              .filter(file -> file.toString().endsWith(".camel.yaml"))
              .map(Path::toString)
              .sorted()
              .toList()
              .stream();
    }
    List<String> shown = new ArrayList<>();
    for (Path page : Pages.all()) {
      int number = 0;
      for (Block block : Pages.blocks(page)) {
        number++;
        if (isRoute(block)) {
          shown.add(page + "#" + number);
        }
      }
    }
    return Stream.concat(shipped, shown.stream());
  }

  private static boolean isRoute(Block block) {
    return block
        .text()
        .lines()
        .anyMatch(line -> line.matches("- (route|routeTemplate|templatedRoute|from):"));
  }

  private static String text(String route) throws IOException {
    int number = route.indexOf('#');
    return number < 0
        ? Files.readString(Path.of(route))
        : Pages.blocks(Path.of(route.substring(0, number)))
            .get(Integer.parseInt(route.substring(number + 1)) - 1)
            .text();
  }

  @ParameterizedTest
  @MethodSource("routes")
  void a_route_fits_camels_yaml_schema(String route) throws IOException {
    JsonNode tree = JSON.valueToTree(new Yaml().load(text(route)));
    for (ValidationMessage fault : SCHEMA.validate(tree)) {
      if (isParameter(fault)) {
        remove(tree, fault);
      }
    }
    assertThat(SCHEMA.validate(tree)).isEmpty();
  }

  /** A template's parameter stands for a number or a truth value where the schema wants one. */
  private static boolean isParameter(ValidationMessage fault) {
    return fault.getInstanceNode().asText().matches("\\{\\{.*}}");
  }

  private static void remove(JsonNode tree, ValidationMessage fault) {
    JsonNodePath place = fault.getInstanceLocation();
    JsonNode parent = tree;
    for (int i = 0; i < place.getNameCount() - 1; i++) {
      Object step = place.getElement(i);
      parent = step instanceof Integer at ? parent.path(at) : parent.path(step.toString());
    }
    if (parent instanceof ObjectNode object) {
      object.remove(place.getElement(-1).toString());
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  void the_catalog_knows_every_option_of_a_route(String route) throws IOException {
    Map<String, String> wrong = new LinkedHashMap<>();
    check(new Yaml().load(text(route)), wrong);
    assertThat(wrong).isEmpty();
  }

  private static void check(Object node, Map<String, String> wrong) {
    if (node instanceof List<?> list) {
      list.forEach(each -> check(each, wrong));
    } else if (node instanceof Map<?, ?> map) {
      if (map.get("uri") instanceof String uri) {
        checkEndpoint(uri, map.get("parameters"), wrong);
      }
      map.forEach(
          (key, value) -> {
            if (List.of("to", "wireTap", "enrich").contains(key) && value instanceof String uri) {
              checkEndpoint(uri, null, wrong);
            }
            check(value, wrong);
          });
    }
  }

  private static void checkEndpoint(String uri, Object parameters, Map<String, String> wrong) {
    String scheme = uri.replaceFirst(":.*", "");
    if (scheme.contains("{{") || !CATALOG.findComponentNames().contains(scheme)) {
      return; // chosen by the template, or a component that the schema cannot know
    }
    Map<String, String> options = new LinkedHashMap<>();
    if (uri.contains("?")) {
      for (String option : uri.substring(uri.indexOf('?') + 1).split("&")) {
        options.put(option.replaceFirst("=.*", ""), option.replaceFirst("[^=]*=", ""));
      }
    }
    if (parameters instanceof Map<?, ?> written) {
      written.forEach((name, value) -> options.put(name.toString(), String.valueOf(value)));
    }
    EndpointValidationResult result =
        CATALOG.validateEndpointProperties(whole(uri, options), false);
    if (result.getUnknown() != null
        || result.getInvalidEnum() != null
        || result.getInvalidBoolean() != null) {
      wrong.put(uri, result.summaryErrorMessage(false));
    }
  }

  private static String whole(String uri, Map<String, String> options) {
    String query =
        options.entrySet().stream()
            .map(
                option ->
                    option.getKey()
                        + "="
                        + URLEncoder.encode(option.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return uri.replaceFirst("\\?.*", "") + (query.isEmpty() ? "" : "?" + query);
  }

  @Test
  void every_component_of_ours_is_described() throws IOException {
    assertThat(own()).isNotEmpty();
    for (Path file : own()) {
      ComponentModel component =
          JsonMapper.generateComponentModel(Files.readString(file, StandardCharsets.UTF_8));
      assertThat(component.getDescription()).as("%s", file).isNotBlank();
      assertThat(component.getLabel()).as("%s", file).contains("ai");
      assertThat(component.getEndpointOptions())
          .allSatisfy(option -> assertThat(option.getDescription()).isNotBlank());
      assertThat(described(component.getScheme())).as(component.getScheme()).isTrue();
    }
  }

  /** Each component stands on a page of the reference, or on that of the transports. */
  private static boolean described(String scheme) throws IOException {
    List<Path> pages;
    try (Stream<Path> files = Files.list(Path.of("docs/reference"))) {
      pages = files.toList();
    }
    String said = Files.readString(Path.of("docs/how-to/camel-components.md"));
    for (Path page : pages) {
      said += Files.readString(page);
    }
    return said.contains(scheme + ":");
  }
}
