package io.mcprouter.cli;

import io.mcprouter.catalog.PublicName;
import io.mcprouter.config.NearestName;
import io.mcprouter.integration.tool.ToolEndpoint;
import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.routing.files.RouteFileReport;
import io.mcprouter.routing.files.RouteFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;

/**
 * A tool that is tried. It is called on its server's own endpoint where that is known: the merged
 * one would connect every server first.
 *
 * @param endpoint the path of the endpoint
 * @param name the tool's name there
 */
record TrialTool(String endpoint, String name) {
  private static final Pattern WITH_DIGEST = Pattern.compile("_[a-z2-7]{10}$");

  /**
   * The tool that was named: plainly one of the file's, or one of any server by its public name.
   *
   * @throws CommandFailure where there is none; it lists the file's
   */
  static TrialTool find(RunningRouter router, Path file, String named) throws CommandFailure {
    List<Made> tools = made(router, String.valueOf(file.getFileName()));
    List<Made> meant = tools.stream().filter(tool -> tool.isCalled(named)).toList();
    if (meant.size() > 1) {
      throw new CommandFailure(
          file + " makes several tools '" + named + "': name one of " + publicNames(meant));
    }
    if (meant.size() == 1) {
      Made tool = meant.getFirst();
      return new TrialTool(Explanation.endpoint(tool.server), tool.name);
    }
    return router.part(RouteInstaller.class).servers().all().stream()
        .filter(server -> mayBelong(server.name(), named))
        .map(server -> ofServer(server.name(), named))
        .findFirst()
        .orElseThrow(() -> unknown(file, named, tools));
  }

  private static List<Made> made(RunningRouter router, String file) {
    CamelContext camel = router.part(CamelContext.class);
    List<Made> tools = new ArrayList<>();
    for (RouteFileReport report : router.part(RouteFiles.class).reports()) {
      for (String id : report.file().equals(file) ? report.routes() : List.<String>of()) {
        Route route = camel.getRoute(id);
        if (route != null && route.getEndpoint() instanceof ToolEndpoint tool) {
          tools.add(new Made(tool.getConfiguration().getServer(), tool.getName()));
        }
      }
    }
    return tools;
  }

  private static boolean mayBelong(String server, String named) {
    return (named.contains("__") || WITH_DIGEST.matcher(named).find())
        && PublicName.mayBelong(server, named);
  }

  /** A name with a digest in it does not say the tool's own: the merged list has to be asked. */
  private static TrialTool ofServer(String server, String named) {
    String tool = PublicName.plainTool(server, named);
    return tool.isEmpty()
        ? new TrialTool("/mcp", named)
        : new TrialTool(Explanation.endpoint(server), tool);
  }

  private static CommandFailure unknown(Path file, String named, List<Made> tools) {
    List<String> names =
        tools.stream().flatMap(tool -> Stream.of(tool.name, tool.publicName())).toList();
    String nearest =
        NearestName.of(named, names).map(name -> ". Did you mean '" + name + "'?").orElse(".");
    String makes = tools.isEmpty() ? "makes no tool" : "makes " + publicNames(tools);
    return new CommandFailure("Unknown tool: " + named + nearest + " " + file + " " + makes + ".");
  }

  private static String publicNames(List<Made> tools) {
    return tools.stream().map(Made::publicName).sorted().collect(Collectors.joining(", "));
  }

  /** A tool that a route of the file is. */
  private record Made(String server, String name) {
    boolean isCalled(String named) {
      return named.equals(name) || named.equals(publicName());
    }

    String publicName() {
      return PublicName.of(server, name);
    }
  }
}
