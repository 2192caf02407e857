package io.mcprouter.cli;

import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.ServerSet;
import io.mcprouter.routing.RouteCompiler;
import io.mcprouter.routing.files.RouteFile;
import io.mcprouter.transport.spi.McpFailure;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what an entry means, and the Camel route that it becomes. */
@Command(
    name = "explain",
    description = "Show what an entry of the servers file means, and the Camel route it becomes.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Nothing is started or connected. Values of headers and variables are shown as ***, what",
      "stands for them by name. Of a server that routes are, the places of its routes are shown.",
      "",
      "Examples:",
      "  mcp-router explain demo",
      "  mcp-router explain tickets --config /etc/mcp-servers.yaml"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:shown", "1:there is no such server, or its entry cannot be used"})
final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SERVER", description = "The server's name in the file.")
  private String server = "";

  @Mixin private ServersFile file;
  @Mixin private RouteFiles routes;

  @Override
  public Integer call() throws CommandFailure {
    QuietLog.begin();
    PrintWriter out = spec.commandLine().getOut();
    Collection<RouteFile> templates = routes.read();
    ServerSet servers = file.read(spec.commandLine().getErr());
    try (RouteCheck check = new RouteCheck(templates)) {
      check
          .faults()
          .forEach(fault -> spec.commandLine().getErr().println(fault + "; this file is left out"));
      Map<String, List<String>> ofRoutes = ServersOfRoutes.of(check);
      List<String> offers = ofRoutes.get(server);
      if (offers != null && !servers.servers().containsKey(server)) {
        out.println("'" + server + "' is made of routes:");
        offers.forEach(offer -> out.println("  " + offer));
        return 0;
      }
      ServerDefinition definition = ServersFile.find(servers, server, ofRoutes.keySet());
      out.print(yaml(new Explanation(definition, servers).entries()));
      out.println();
      routes(definition, check.camel(), templates).forEach(out::println);
      return 0;
    }
  }

  private static String yaml(Object entries) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    options.setWidth(120);
    return new Yaml(options).dump(entries);
  }

  private static List<String> routes(
      ServerDefinition definition, DefaultCamelContext camel, Collection<RouteFile> files)
      throws CommandFailure {
    try {
      return drawn(definition, camel, files);
    } catch (McpFailure wrong) {
      throw new CommandFailure(String.valueOf(wrong.getMessage()));
    } catch (Exception e) {
      throw new CommandFailure(
          "Server '" + definition.name() + "' gives no route: " + e.getMessage());
    }
  }

  private static List<String> drawn(
      ServerDefinition definition, DefaultCamelContext camel, Collection<RouteFile> files)
      throws Exception {
    Map<String, String> templates = RouteCompiler.draw(camel, definition);
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, String> each : templates.entrySet()) {
      lines.add(heading(lines.isEmpty(), each.getValue(), templates.size()));
      lines.add(route(camel.getRouteDefinition(each.getKey()), each.getValue(), camel, files));
    }
    return lines;
  }

  private static String heading(boolean first, String template, int routes) {
    String from = "from the template '" + template + "'";
    if (!first) {
      return "\n# The next route, " + from;
    }
    return (routes == 1
        ? "# The Camel route, " + from
        : "# " + routes + " Camel routes, in the order of a call; the first " + from);
  }

  /** From the template's own text; only one that is written otherwise is shown as Camel has it. */
  private static String route(
      RouteDefinition route,
      String template,
      DefaultCamelContext camel,
      Collection<RouteFile> files)
      throws Exception {
    FilledTemplate filled = FilledTemplate.find(files, template, route.getTemplateParameters());
    return filled == null
        ? yaml(camel, route).strip()
        : yaml(filled.elements(route.getRouteId())).stripTrailing().stripIndent();
  }

  private static String yaml(DefaultCamelContext camel, RouteDefinition route) throws Exception {
    route.setNodePrefixId(null);
    // the dumper writes an error handler as an empty step, which is not what stands in the template
    route.setErrorHandler(null);
    String yaml =
        PluginHelper.getModelToYAMLDumper(camel)
            .dumpModelAsYaml(camel, route, true, false, false, false);
    // a mark of the dumper's own, which a route file must not have
    return yaml.replaceFirst("(?m)^ *template: \"true\"\\R", "");
  }
}
