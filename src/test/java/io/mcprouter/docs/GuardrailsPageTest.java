package io.mcprouter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcprouter.config.McpServersFile;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.reader.McpServersReader;
import io.mcprouter.routing.RouteCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GuardrailsPageTest {
  private static final Path PAGE = Path.of("docs/reference/guardrails.md");

  /** What the router itself says to a template. */
  private static final Set<String> OWN =
      Set.of("server", "title", "transport", "timeout", "entry", "next", "notBehind");

  private final DefaultCamelContext camel = new DefaultCamelContext();

  @BeforeEach
  void load() throws Exception {
    camel.build();
    try (Stream<Path> files = Files.list(Path.of("routes"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".camel.yaml")).toList()) {
        PluginHelper.getRoutesLoader(camel)
            .loadRoutes(ResourceHelper.resolveResource(camel, "file:" + file));
      }
    }
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  private List<RouteTemplateDefinition> guardrails() {
    return camel
        .getCamelContextExtension()
        .getContextPlugin(Model.class)
        .getRouteTemplateDefinitions()
        .stream()
        .filter(
            one -> one.getTemplateParameters().stream().anyMatch(p -> p.getName().equals("next")))
        .toList();
  }

  @Test
  void every_shipped_guardrail_has_its_section_with_its_parameters_and_their_defaults()
      throws IOException {
    String page = Files.readString(PAGE);
    assertThat(guardrails()).hasSizeGreaterThanOrEqualTo(12);
    for (RouteTemplateDefinition guardrail : guardrails()) {
      assertThat(page).contains("## `" + guardrail.getId() + "`");
      String section = page.substring(page.indexOf("## `" + guardrail.getId() + "`") + 3);
      section = section.substring(0, section.indexOf("\n## "));
      for (RouteTemplateParameterDefinition parameter : guardrail.getTemplateParameters()) {
        if (!OWN.contains(parameter.getName())) {
          assertThat(section).as(guardrail.getId()).contains("| `" + parameter.getName() + "` | ");
          String value = parameter.getDefaultValue();
          if (value != null && !value.isEmpty() && !value.startsWith("[\"")) {
            assertThat(section).contains("| `" + parameter.getName() + "` | `" + value + "` |");
          }
        }
      }
    }
  }

  @Test
  void every_example_becomes_routes() throws Exception {
    List<Block> blocks = Pages.blocks(PAGE);
    for (Block block : blocks) {
      if (block.text().contains("routeTemplate:")) {
        PluginHelper.getRoutesLoader(camel)
            .loadRoutes(ResourceHelper.fromString("page.camel.yaml", block.text()));
        assertThat(drawn("mcpServers: {one: {command: run, router: {template: office-hours}}}"))
            .containsOnlyKeys("mcp.one.1.office-hours", "mcp.one");
      } else {
        assertThat(drawn(block.text())).hasSizeGreaterThan(1);
      }
    }
    assertThat(blocks).hasSize(6);
  }

  private Map<String, String> drawn(String servers) throws Exception {
    McpServersFile file = new McpServersReader(name -> null, true).read("page", servers);
    assertThat(file.faults()).isEmpty();
    ServerDefinition definition =
        ((McpServersFile.Accepted) file).servers().servers().values().iterator().next();
    return RouteCompiler.draw(camel, definition);
  }
}
