package io.mcprouter.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.mcprouter.transport.spi.McpEndpoint;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The catalog metadata in {@code src/generated} describes the components as they are. When this
 * fails, write it anew: the profile {@code component-metadata} in pom.xml says how.
 */
class GeneratedMetadataTest {
  private static final Set<String> CAMELS_OWN = Set.of("lazyStartProducer");

  static List<Class<?>> endpoints() {
    List<Class<?>> endpoints = new ArrayList<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.mcprouter")) {
      if (type.isAnnotatedWith(UriEndpoint.class)) {
        endpoints.add(type.reflect());
      }
    }
    assertThat(endpoints).isNotEmpty();
    return endpoints;
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void the_catalog_knows_the_options_as_they_are(Class<?> endpoint) throws Exception {
    JsonNode catalog = catalog(endpoint);

    Map<String, String> inCatalog = new TreeMap<>();
    catalog
        .path("properties")
        .properties()
        .forEach(
            option -> {
              if (!CAMELS_OWN.contains(option.getKey())) {
                inCatalog.put(option.getKey(), fromCatalog(option.getValue()));
              }
            });
    assertThat(inCatalog).isEqualTo(options(endpoint));
    assertThat(catalog.path("properties").properties())
        .allSatisfy(
            option -> assertThat(option.getValue().path("description").asText()).isNotBlank());
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void the_catalog_knows_the_headers_as_they_are(Class<?> endpoint) throws Exception {
    Class<?> constants = endpoint.getAnnotation(UriEndpoint.class).headersClass();
    Set<String> headers = new TreeSet<>();
    for (Field field : constants.getFields()) {
      if (field.isAnnotationPresent(Metadata.class)) {
        headers.add((String) Objects.requireNonNull(field.get(null)));
      }
    }

    Set<String> inCatalog = new TreeSet<>();
    catalog(endpoint).path("headers").fieldNames().forEachRemaining(inCatalog::add);
    assertThat(inCatalog).isEqualTo(headers);
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void camel_finds_component_configurers_and_uri_factory(Class<?> endpoint) throws Exception {
    String scheme = scheme(endpoint);
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      EndpointUriFactory factory = context.getCamelContextExtension().getEndpointUriFactory(scheme);
      PropertyConfigurer ofEndpoint =
          PluginHelper.getConfigurerResolver(context)
              .resolvePropertyConfigurer(scheme + "-endpoint", context);
      PropertyConfigurer ofComponent =
          PluginHelper.getConfigurerResolver(context)
              .resolvePropertyConfigurer(scheme + "-component", context);

      assertThat(factory.propertyNames()).containsAll(options(endpoint).keySet());
      assertThat(factory.secretPropertyNames()).isEqualTo(secrets(endpoint));
      assertThat(ofEndpoint).isInstanceOf(PropertyConfigurerGetter.class);
      for (String option : parameters(endpoint)) {
        assertThat(((PropertyConfigurerGetter) ofEndpoint).getOptionType(option, false))
            .as(option)
            .isNotNull();
      }
      assertThat(ofComponent).isInstanceOf(PropertyConfigurerGetter.class);
      if (McpEndpoint.class.isAssignableFrom(endpoint)) {
        assertThat(((PropertyConfigurerGetter) ofComponent).getOptionType("connections", false))
            .isNotNull();
      }
      assertThat(context.getComponent(scheme)).isNotNull();
    }
  }

  private static String scheme(Class<?> endpoint) {
    return endpoint.getAnnotation(UriEndpoint.class).scheme();
  }

  private static JsonNode catalog(Class<?> endpoint) throws Exception {
    String file =
        "/META-INF/%s/%s.json"
            .formatted(endpoint.getPackageName().replace('.', '/'), scheme(endpoint));
    try (InputStream in = endpoint.getResourceAsStream(file)) {
      assertThat(in).as(file).isNotNull();
      return new ObjectMapper().readTree(in);
    }
  }

  private static String fromCatalog(JsonNode option) {
    return describe(option.path("defaultValue").asText(""), option.path("secret").asBoolean());
  }

  private static String describe(String defaultValue, boolean secret) {
    return "default '" + defaultValue + "'" + (secret ? ", secret" : "");
  }

  private static Map<String, String> options(Class<?> endpoint) {
    Map<String, String> options = new TreeMap<>();
    annotated(endpoint)
        .forEach(
            field -> {
              UriParam param = field.getAnnotation(UriParam.class);
              String defaultValue = param == null ? "" : param.defaultValue();
              options.put(field.getName(), describe(defaultValue, isSecret(field)));
            });
    return options;
  }

  private static boolean isSecret(Field field) {
    UriParam param = field.getAnnotation(UriParam.class);
    Metadata metadata = field.getAnnotation(Metadata.class);
    return (param != null && param.secret()) || (metadata != null && metadata.secret());
  }

  private static List<String> parameters(Class<?> endpoint) {
    return annotated(endpoint)
        .filter(field -> field.isAnnotationPresent(UriParam.class))
        .map(Field::getName)
        .toList();
  }

  private static Set<String> secrets(Class<?> endpoint) {
    Set<String> secrets = new TreeSet<>();
    annotated(endpoint)
        .filter(GeneratedMetadataTest::isSecret)
        .forEach(field -> secrets.add(field.getName()));
    return secrets;
  }

  /** The option fields of a class and, in place of one that holds several, of its type. */
  private static Stream<Field> annotated(Class<?> type) {
    return Stream.<Class<?>>iterate(type, Objects::nonNull, Class::getSuperclass)
        .filter(each -> each.getName().startsWith("io.mcprouter."))
        .flatMap(each -> Stream.of(each.getDeclaredFields()))
        .filter(field -> !Modifier.isStatic(field.getModifiers()))
        .filter(
            field ->
                field.isAnnotationPresent(UriParam.class)
                    || field.isAnnotationPresent(UriPath.class))
        .flatMap(
            field ->
                field.getType().isAnnotationPresent(UriParams.class)
                    ? annotated(field.getType())
                    : Stream.of(field));
  }
}
