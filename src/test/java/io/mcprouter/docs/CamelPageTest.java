package io.mcprouter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page names is there, and can be made. */
class CamelPageTest {
  private static final Pattern NAME = Pattern.compile("`([a-zA-Z-]+)`");

  static List<String> components() throws IOException {
    return names("| components |");
  }

  static List<String> ownComponents() throws IOException {
    return names("| components for MCP |");
  }

  static List<String> languages() throws IOException {
    return names("| languages |");
  }

  private static List<String> names(String row) throws IOException {
    String line =
        Files.readAllLines(Path.of("docs/reference/camel.md")).stream()
            .filter(each -> each.startsWith(row))
            .findFirst()
            .orElseThrow();
    return NAME.matcher(line).results().map(found -> found.group(1)).toList();
  }

  @ParameterizedTest
  @MethodSource({"components", "ownComponents"})
  void a_component_is_there(String scheme) throws Exception {
    try (CamelContext camel = new DefaultCamelContext()) {
      assertThat(camel.getComponent(scheme, true, false)).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource("languages")
  void a_language_is_there(String name) throws Exception {
    try (CamelContext camel = new DefaultCamelContext()) {
      assertThat(camel.resolveLanguage(name)).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource("version")
  void the_version_is_that_of_the_page(String version) throws IOException {
    assertThat(Files.readString(Path.of("docs/reference/camel.md")))
        .contains("Camel " + version + " on Java " + Runtime.version().feature());
  }

  static List<String> version() {
    String version = Objects.requireNonNull(new DefaultCamelContext().getVersion());
    return List.of(version.substring(0, version.lastIndexOf('.')));
  }
}
