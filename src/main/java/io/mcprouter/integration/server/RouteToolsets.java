package io.mcprouter.integration.server;

import io.mcprouter.catalog.ListKind;
import io.mcprouter.config.NamePattern;
import io.mcprouter.config.Toolset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts tools of routes into the toolsets that they name, of the file or new ones. */
final class RouteToolsets {
  private RouteToolsets() {}

  static Map<String, Toolset> with(Map<String, Toolset> file, Collection<RouteServer> servers) {
    Map<String, Toolset> all = new LinkedHashMap<>(file);
    for (RouteServer server : servers) {
      for (RouteItem tool : server.items(ListKind.TOOLS).shown()) {
        for (String set : tool.terms().toolsets()) {
          all.compute(set, (name, known) -> with(name, known, server.name(), tool.key()));
        }
      }
    }
    return all;
  }

  private static Toolset with(String set, @Nullable Toolset known, String server, String tool) {
    Toolset before = known == null ? new Toolset(set, null, null, List.of(), List.of()) : known;
    List<NamePattern> tools = new ArrayList<>(inFull(before));
    tools.add(new NamePattern(server + "/" + tool));
    List<String> servers = new ArrayList<>(before.servers());
    if (!servers.contains(server)) {
      servers.add(server);
    }
    return new Toolset(set, before.title(), before.description(), servers, tools);
  }

  /** What a set shows, in patterns that mean one server each, so that a newcomer changes none. */
  private static List<NamePattern> inFull(Toolset set) {
    List<NamePattern> plain = set.tools().isEmpty() ? List.of(new NamePattern("*")) : set.tools();
    return plain.stream()
        .flatMap(
            pattern ->
                pattern.text().contains("/")
                    ? Stream.of(pattern)
                    : set.servers().stream()
                        .map(server -> new NamePattern(server + "/" + pattern.text())))
        .toList();
  }
}
