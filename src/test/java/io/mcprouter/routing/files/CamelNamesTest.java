package io.mcprouter.routing.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** Whoever mistypes a name is told those that are there, the router's own among them. */
class CamelNamesTest {
  private static final Path OWN =
      Path.of("src/generated/resources/META-INF/services/org/apache/camel");

  private static List<String> own(String kind) throws IOException {
    try (Stream<Path> names = Files.list(OWN.resolve(kind))) {
      return names.map(name -> name.getFileName().toString()).toList();
    }
  }

  @Test
  void every_component_of_the_router_and_of_camel_is_known() throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      assertThat(CamelNames.components(camel)).containsAll(own("component")).contains("direct");
    }
  }

  @Test
  void every_language_of_the_router_and_of_camel_is_known() throws Exception {
    assertThat(CamelNames.languages()).containsAll(own("language")).contains("simple", "jsonpath");
  }
}
