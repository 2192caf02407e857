package io.mcprouter.integration.server;

import io.mcprouter.catalog.ListKind;
import io.mcprouter.config.AccessRules;
import io.mcprouter.config.Authorization;
import io.mcprouter.config.Endpoint;
import io.mcprouter.config.NamePattern;
import io.mcprouter.config.OAuthOptions;
import io.mcprouter.config.Presentation;
import io.mcprouter.config.RouterOptions;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.ServerInstructions;
import io.mcprouter.config.ServerName;
import io.mcprouter.config.ServerSet;
import io.mcprouter.config.SourceLocation;
import io.mcprouter.config.TemplateUse;
import io.mcprouter.config.Timeouts;
import io.mcprouter.config.ToolSelection;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the servers that routes are beside those of the servers file, whose names go first. */
final class BesideFile {
  private static final Logger LOG = LoggerFactory.getLogger(BesideFile.class);
  private static final SourceLocation PLACE = new SourceLocation("routes", 1, 1);

  private Set<String> taken = Set.of();
  private Set<String> told = Set.of();

  /** Refuses what a route offers in a server that the file has. */
  void check(String server, RouteItem item) {
    if (taken.contains(ServerName.collisionKey(server))) {
      throw new IllegalStateException(
          "route '%s' cannot offer '%s' in the MCP server '%s': the servers file has a server of this name, or of one too much like it; give the option 'server' another value"
              .formatted(item.routeId(), item.key(), server));
    }
  }

  ServerSet with(ServerSet file, Collection<RouteServer> servers) {
    taken =
        Stream.concat(
                file.servers().keySet().stream(), file.failed().stream().map(entry -> entry.name()))
            .map(ServerName::collisionKey)
            .collect(Collectors.toUnmodifiableSet());
    Map<String, RouteServer> present = new TreeMap<>();
    servers.stream()
        .filter(server -> !server.shown().isEmpty())
        .forEach(server -> present.put(server.name(), server));
    tellHidden(present);
    present.keySet().removeIf(name -> taken.contains(ServerName.collisionKey(name)));
    Map<String, ServerDefinition> all = new LinkedHashMap<>(file.servers());
    present.forEach((name, server) -> all.put(name, definition(server)));
    return new ServerSet(
        all,
        file.failed(),
        RouteToolsets.with(file.toolsets(), present.values()),
        file.settings(),
        file.faults());
  }

  private void tellHidden(Map<String, RouteServer> present) {
    Set<String> hidden = new HashSet<>(present.keySet());
    hidden.removeIf(name -> !taken.contains(ServerName.collisionKey(name)));
    for (String name : hidden) {
      if (!told.contains(name)) {
        LOG.error(
            "The servers file has a server of the name '{}', or of one too much like it: what the routes {} offer in theirs is not served",
            name,
            Objects.requireNonNull(present.get(name)).shown().stream()
                .map(RouteItem::routeId)
                .collect(Collectors.toSet()));
      }
    }
    told = hidden;
  }

  private static ServerDefinition definition(RouteServer server) {
    List<RouteItem> tools = List.copyOf(server.items(ListKind.TOOLS).shown());
    Duration longest =
        tools.stream()
            .map(tool -> tool.terms().timeout())
            .filter(Objects::nonNull)
            .map(Objects::requireNonNull)
            .reduce(Timeouts.DEFAULT.timeout(), (a, b) -> a.compareTo(b) < 0 ? b : a);
    Timeouts timeouts =
        new Timeouts(longest, Timeouts.DEFAULT.initTimeout(), Timeouts.DEFAULT.sseReadTimeout());
    return new ServerDefinition(
        server.name(),
        PLACE,
        new Endpoint.Routes(),
        Presentation.DEFAULT,
        true,
        timeouts,
        ServerInstructions.Choice.ABSENT,
        Map.of(),
        Authorization.NONE,
        options(timeouts, templates(tools), access(tools)));
  }

  /** What any of the tools names, for all of them: there is one way into a server. */
  private static List<TemplateUse> templates(List<RouteItem> tools) {
    List<TemplateUse> named =
        tools.stream()
            .flatMap(tool -> tool.terms().templates().stream())
            .distinct()
            .map(TemplateUse::of)
            .toList();
    return named.isEmpty() ? RouterOptions.DEFAULT_TEMPLATES : named;
  }

  private static RouterOptions options(
      Timeouts timeouts, List<TemplateUse> templates, AccessRules access) {
    RouterOptions plain = RouterOptions.defaults(timeouts);
    return new RouterOptions(
        false,
        templates,
        plain.listWait(),
        plain.maxTimeout(),
        ToolSelection.ALL,
        access,
        OAuthOptions.NONE);
  }

  private static AccessRules access(List<RouteItem> tools) {
    List<AccessRules.ToolRule> rules =
        tools.stream()
            .filter(tool -> !tool.terms().access().equals(AccessRules.Requirement.NOTHING))
            .map(
                tool ->
                    new AccessRules.ToolRule(new NamePattern(tool.key()), tool.terms().access()))
            .toList();
    return new AccessRules(AccessRules.Requirement.NOTHING, rules);
  }
}
