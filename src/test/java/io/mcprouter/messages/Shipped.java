package io.mcprouter.messages;

import io.mcprouter.testkit.Peer;
import io.mcprouter.testkit.RouterUnderTest;
import io.mcprouter.testkit.ServersFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The shipped templates, as a team uses them: by a few lines in a directory of routes. */
final class Shipped {
  private Shipped() {}

  /** A file with one route of a template. */
  static String route(String template, String id, Map<String, String> parameters) {
    StringBuilder yaml =
        new StringBuilder(
            """
            - templatedRoute:
                routeTemplateRef: %s
                routeId: %s
                parameters:
            """
                .formatted(template, id));
    parameters.forEach(
        (name, value) -> yaml.append("      - {name: %s, value: \"%s\"}\n".formatted(name, value)));
    return yaml.toString();
  }

  /** A router with npm's server-everything, and a team's route. */
  static RouterUnderTest router(Path routes, String yaml, String... settings) throws IOException {
    Files.writeString(routes.resolve("team.camel.yaml"), yaml);
    List<String> everything =
        Peer.packaged("@modelcontextprotocol/server-everything/dist/index.js");
    ServersFile servers =
        new ServersFile().with("everything", ServersFile.program(everything, Map.of()));
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("mcp-router.routes.directory=" + routes);
    return RouterUnderTest.start(servers, all.toArray(String[]::new));
  }
}
