package io.mcprouter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcprouter.testkit.Api;
import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import io.mcprouter.testkit.South;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The page on the API and its OpenAPI document say what the controllers do. */
class ApiReferenceTest {
  private static final Path PAGE = Path.of("docs/reference/api.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| `((?:GET|POST|PUT|DELETE|PATCH) /\\S*)` \\|", Pattern.MULTILINE);
  private static final Pattern CODE =
      Pattern.compile("HttpStatus\\.[A-Z_]+,\\s*\"([a-z-]+)\"|\"([a-z]+-refused)\"");

  private static RouterUnderTest router;
  private static JsonNode document;
  private static String page;

  /** The controllers' methods by request, such as {@code GET /api/keys}. */
  private static Map<String, HandlerMethod> endpoints;

  @BeforeAll
  static void start() throws IOException {
    router =
        RouterUnderTest.start(new ServersFile().with("one", Peer.behaviour(South.STDIO).entry()));
    Api.Answer answer = Api.of(router).get("/api/openapi.json");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().get("content-type")).containsExactly("application/json");
    document = answer.json();
    page = Files.readString(PAGE);
    endpoints =
        Objects.requireNonNull(router.bean(DispatcherServlet.class).getHandlerMappings()).stream()
            .filter(RequestMappingHandlerMapping.class::isInstance)
            .map(RequestMappingHandlerMapping.class::cast)
            .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
            .filter(each -> each.getValue().getBeanType().getName().startsWith("io.mcprouter."))
            .flatMap(each -> requests(each.getKey()).map(name -> Map.entry(name, each.getValue())))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Stream<String> requests(RequestMappingInfo info) {
    return info.getMethodsCondition().getMethods().stream()
        .flatMap(method -> info.getPatternValues().stream().map(path -> method + " " + path));
  }

  @AfterAll
  static void stop() {
    router.close();
  }

  private static Set<String> ofTheApi() {
    return endpoints.keySet().stream()
        .filter(request -> request.contains(" /api/"))
        .collect(Collectors.toSet());
  }

  @Test
  void the_page_has_every_endpoint_and_no_other() {
    assertThat(ROW.matcher(page).results().map(row -> row.group(1)))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(endpoints.keySet());
  }

  @Test
  void the_document_has_every_endpoint_of_the_api_and_no_other() {
    Set<String> described = new TreeSet<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          if (!method.equals("parameters")) {
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                          }
                        }));
    assertThat(described).containsExactlyInAnyOrderElementsOf(ofTheApi());
  }

  @Test
  void the_document_has_the_fields_that_go_in_and_out() {
    Map<String, Class<?>> records = new LinkedHashMap<>();
    ofTheApi().forEach(request -> collect(endpoints.get(request), records));
    assertThat(records).hasSizeGreaterThan(5);
    records.forEach(
        (name, type) -> {
          JsonNode schema = document.at("/components/schemas/" + name);
          List<RecordComponent> fields = List.of(type.getRecordComponents());
          assertThat(schema.path("properties").fieldNames())
              .toIterable()
              .as(name)
              .containsExactlyElementsOf(fields.stream().map(RecordComponent::getName).toList());
          assertThat(required(schema, name)).as(name).noneMatch(optional(fields)::contains);
        });
  }

  private static List<String> optional(List<RecordComponent> fields) {
    return fields.stream()
        .filter(field -> field.getAnnotatedType().isAnnotationPresent(Nullable.class))
        .map(RecordComponent::getName)
        .toList();
  }

  /** The body of a request says by a message of its own what it needs. */
  private static List<String> required(JsonNode schema, String name) {
    return Set.of("Wanted", "Decision").contains(name)
        ? List.of()
        : new ObjectMapper()
            .convertValue(schema.path("required"), new TypeReference<List<String>>() {});
  }

  private static void collect(HandlerMethod endpoint, Map<String, Class<?>> records) {
    collect(endpoint.getMethod().getGenericReturnType(), records);
    Arrays.stream(endpoint.getMethodParameters())
        .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
        .forEach(parameter -> collect(parameter.getGenericParameterType(), records));
  }

  private static void collect(Type type, Map<String, Class<?>> records) {
    if (type instanceof ParameterizedType generic) {
      Stream.of(generic.getActualTypeArguments()).forEach(each -> collect(each, records));
    } else if (type instanceof Class<?> record && record.isRecord()) {
      records.put(record.getSimpleName(), record);
      Stream.of(record.getRecordComponents())
          .forEach(field -> collect(field.getGenericType(), records));
    }
  }

  @Test
  void the_page_explains_every_field() {
    document
        .at("/components/schemas")
        .properties()
        .forEach(
            schema ->
                assertThat(schema.getValue().path("properties").fieldNames())
                    .toIterable()
                    .filteredOn(field -> !schema.getKey().equals("Problem"))
                    .allSatisfy(field -> assertThat(page).contains("`" + field + "`")));
  }

  @Test
  void every_reference_within_the_document_leads_somewhere() {
    assertThat(document.findValuesAsText("$ref"))
        .isNotEmpty()
        .allSatisfy(
            reference ->
                assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse());
  }

  @Test
  void the_page_has_every_code_of_an_error() throws IOException {
    Set<String> codes = new TreeSet<>();
    try (Stream<Path> sources = Files.list(Path.of("src/main/java/io/mcprouter/console"))) {
      for (Path source : sources.toList()) {
        CODE.matcher(Files.readString(source))
            .results()
            .flatMap(ApiReferenceTest::groups)
            .forEach(codes::add);
      }
    }
    assertThat(codes)
        .hasSizeGreaterThan(7)
        .allSatisfy(code -> assertThat(page).contains("`" + code + "`"));
  }

  private static Stream<String> groups(MatchResult found) {
    return Stream.of(found.group(1), found.group(2)).filter(Objects::nonNull);
  }
}
