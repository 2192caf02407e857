package io.mcprouter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcprouter.protocol.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CamelComponentsTest {
  private static final Path PAGE = Path.of("docs/how-to/camel-components.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| `([A-Za-z.]+)` \\| [^|]+ \\| (-|`[^`]*`) \\|", Pattern.MULTILINE);

  /** Options with a prefix are shown as they are written. */
  private static final Map<String, String> SHOWN =
      Map.of("env", "env.NAME", "headers", "header.NAME");

  @ParameterizedTest
  @ValueSource(strings = {"stdio", "http", "sse", "websocket"})
  void the_table_has_the_options_of_the_catalog_with_their_defaults(String transport)
      throws IOException {
    String page = Files.readString(PAGE);
    int start = page.indexOf("### `mcp-" + transport + ":server`");
    int end = page.indexOf("\n### ", start + 1);
    Matcher rows = ROW.matcher(page.substring(start, end < 0 ? page.length() : end));
    Set<String> documented =
        rows.results()
            .map(row -> row.group(1) + " " + row.group(2))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(documented).isEqualTo(catalog(transport));
  }

  private static Set<String> catalog(String transport) throws IOException {
    Path file =
        Path.of("src/generated/resources/META-INF/io/mcprouter/transport")
            .resolve(transport)
            .resolve("mcp-" + transport + ".json");
    Set<String> options = new TreeSet<>();
    for (Map.Entry<String, JsonNode> option :
        new ObjectMapper().readTree(file.toFile()).get("properties").properties()) {
      String name = option.getKey();
      if (option.getValue().get("kind").asText().equals("parameter")
          && !name.equals("lazyStartProducer")) {
        JsonNode value = option.getValue().get("defaultValue");
        String otherwise = value == null ? "-" : "`" + value.asText() + "`";
        options.add(SHOWN.getOrDefault(name, name) + " " + otherwise);
      }
    }
    return options;
  }

  /** In front of a real server, in an application that is nothing but Camel. */
  @Test
  void the_example_calls_a_tool() throws Exception {
    String route = Pages.blocks(PAGE).getFirst().text();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String runnable =
        route.replace(
            "command: ticket-server",
            "command: %s\n              args: -cp,%s,%s"
                .formatted(java, Path.of("target", "test-classes"), TicketServer.class.getName()));
    assertThat(runnable).isNotEqualTo(route);

    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.getGlobalOptions().put("CamelJmxDisabled", "true");
      PluginHelper.getRoutesLoader(camel)
          .loadRoutes(ResourceHelper.fromString("example.yaml", runnable));
      camel.start();

      String reply = camel.createProducerTemplate().requestBody("direct:ask", null, String.class);

      assertThat(Frame.of(reply).result()).isNotNull();
      assertThat(reply).contains("ticket 7");
    }
  }
}
