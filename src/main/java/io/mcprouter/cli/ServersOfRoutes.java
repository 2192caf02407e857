package io.mcprouter.cli;

import io.mcprouter.config.SourceLocation;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;

/** The servers that routes are, as the routes say; none of them has to run. */
final class ServersOfRoutes {
  private static final Map<String, String> KINDS =
      Map.of("mcp-tool", "tool", "mcp-resource", "resource", "mcp-prompt", "prompt");
  private static final String DEFAULT_SERVER = "routes";

  private ServersOfRoutes() {}

  /** By server what its routes offer, each with the place of its route. */
  static Map<String, List<String>> of(RouteCheck check) {
    Map<String, List<String>> offers = new TreeMap<>();
    for (RouteDefinition route : check.camel().getRouteDefinitions()) {
      String uri = route.getInput() == null ? "" : filled(route);
      String kind = KINDS.get(StringHelper.before(uri, ":", ""));
      if (kind != null) {
        String name =
            StringHelper.after(uri, ":").replaceFirst("^/+", "").replaceFirst("\\?.*", "");
        offers
            .computeIfAbsent(server(uri), server -> new ArrayList<>())
            .add(place(check, route.getRouteId()) + ": " + kind + " " + name);
      }
    }
    return offers;
  }

  /** With what a templated route says for its template's parameters. */
  private static String filled(RouteDefinition route) {
    String uri = route.getInput().getEndpointUri();
    Map<String, Object> parameters = route.getTemplateParameters();
    if (parameters != null) {
      for (Map.Entry<String, Object> each : parameters.entrySet()) {
        uri = uri.replace("{{" + each.getKey() + "}}", String.valueOf(each.getValue()));
      }
    }
    return uri;
  }

  private static String server(String uri) {
    try {
      Object server = URISupport.parseQuery(StringHelper.after(uri, "?", "")).get("server");
      return server == null ? DEFAULT_SERVER : server.toString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static String place(RouteCheck check, String route) {
    SourceLocation at = check.place(route);
    return (at == null ? "" : at.file() + ":" + at.line() + " ") + "(route " + route + ")";
  }
}
