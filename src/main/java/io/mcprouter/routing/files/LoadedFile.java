package io.mcprouter.routing.files;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.impl.engine.DefaultRoutesLoader;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.rest.RestDefinition;
import org.apache.camel.spi.RoutesLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Camel has of one route file. It is loaded as a whole or not at all: what a failed loading
 * left is taken out again.
 */
final class LoadedFile {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedFile.class);

  /** What only other routes call: it is there before them, and longer. */
  private static final Set<String> INNER = Set.of("direct", "seda");

  private final CamelContext camel;
  private final RouteFile file;
  private final FileContents contents;
  private final List<RouteDefinition> routes;
  private final List<RouteTemplateDefinition> templates;
  private final List<RouteConfigurationDefinition> configurations;
  private final List<RestDefinition> rests;

  private LoadedFile(CamelContext camel, RouteFile file, FileContents contents, Before before) {
    this.camel = camel;
    this.file = file;
    this.contents = contents;
    Model model = model(camel);
    this.routes = added(model.getRouteDefinitions(), before.routes);
    this.templates = added(model.getRouteTemplateDefinitions(), before.templates);
    this.configurations = added(model.getRouteConfigurationDefinitions(), before.configurations);
    this.rests = added(model.getRestDefinitions(), before.rests);
  }

  /** Definitions are told apart as objects: two may say the same. */
  private static <T> List<T> added(List<T> now, List<T> before) {
    return now.stream().filter(each -> before.stream().noneMatch(b -> b == each)).toList();
  }

  private static Model model(CamelContext camel) {
    return camel.getCamelContextExtension().getContextPlugin(Model.class);
  }

  /**
   * Gives a file to Camel, its routes ready and not started. Nobody else may add routes meanwhile.
   *
   * @throws FaultyRouteFile when it cannot be used; nothing of it is left then
   */
  static LoadedFile load(CamelContext camel, RouteFile file, FileContents contents)
      throws FaultyRouteFile {
    Before before = new Before(model(camel));
    Boolean autoStartup = camel.isAutoStartup();
    camel.setAutoStartup(false);
    try {
      if (!contents.isEmpty()) {
        add(camel, file);
      }
      return new LoadedFile(camel, file, contents, before);
    } catch (Exception e) {
      new LoadedFile(camel, file, contents, before).remove();
      throw FaultyRouteFile.of(camel, file, "", e);
    } finally {
      camel.setAutoStartup(autoStartup);
    }
  }

  private static void add(CamelContext camel, RouteFile file) throws Exception {
    for (RoutesBuilder builder : loader(camel).findRoutesBuilders(List.of(file.resource()))) {
      if (builder instanceof RouteConfigurationsBuilder configurations) {
        configurations.addRouteConfigurationsToCamelContext(camel);
      }
      camel.addRoutes(builder);
      camel.addTemplatedRoutes(builder);
    }
  }

  /** A new one each time: Camel's own does not make the beans of a file that failed before. */
  static RoutesLoader loader(CamelContext camel) {
    return new DefaultRoutesLoader(camel);
  }

  RouteFile file() {
    return file;
  }

  FileContents contents() {
    return contents;
  }

  /** The ids of its routes, those of its templated routes among them. */
  Set<String> routeIds() {
    Set<String> ids = new LinkedHashSet<>();
    routes.forEach(route -> ids.add(route.getRouteId()));
    return ids;
  }

  /** Starts the routes that are to start by themselves. */
  void start() throws FaultyRouteFile {
    for (Route route : present(Comparator.comparing(LoadedFile::isInner).reversed())) {
      try {
        if (Boolean.TRUE.equals(route.isAutoStartup())) {
          camel.getRouteController().startRoute(route.getRouteId());
        }
      } catch (Exception e) {
        throw FaultyRouteFile.of(camel, file, route.getRouteId(), e);
      }
    }
  }

  /**
   * Stops the routes, those that begin something first.
   *
   * @param deadline when what is under way must have ended, by {@link System#nanoTime}
   */
  void stop(long deadline) {
    for (Route route : present(Comparator.comparing(LoadedFile::isInner))) {
      try {
        camel
            .getRouteController()
            .stopRoute(route.getRouteId(), left(deadline), TimeUnit.MILLISECONDS);
      } catch (Exception e) {
        LOG.warn("{}: the route {} could not be stopped", file, route.getRouteId(), e);
      }
    }
  }

  private static long left(long deadline) {
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
  }

  private List<Route> present(Comparator<Route> order) {
    List<Route> present = new ArrayList<>();
    for (String id : routeIds()) {
      Route route = camel.getRoute(id);
      if (route != null) {
        present.add(route);
      }
    }
    present.sort(order);
    return present;
  }

  private static boolean isInner(Route route) {
    String uri = route.getEndpoint().getEndpointUri();
    return INNER.contains(uri.substring(0, Math.max(0, uri.indexOf(':'))));
  }

  /** Takes everything out of Camel; routes must have been stopped. */
  void remove() {
    Model model = model(camel);
    for (RouteDefinition route : routes) {
      attempt(
          "route " + route.getRouteId(),
          () -> {
            camel.getRouteController().stopRoute(route.getRouteId());
            camel.removeRoute(route.getRouteId());
            model.removeRouteDefinition(route);
          });
    }
    attempt("templates", () -> model.removeRouteTemplateDefinitions(templates));
    for (RouteConfigurationDefinition configuration : configurations) {
      attempt("route configuration", () -> model.removeRouteConfiguration(configuration));
    }
    model.getRestDefinitions().removeIf(rest -> rests.stream().anyMatch(own -> own == rest));
    for (String bean : contents.beans()) {
      camel.getRegistry().unbind(bean);
      model.getCustomBeans().removeIf(known -> bean.equals(known.getName()));
    }
  }

  private void attempt(String what, Removal removal) {
    try {
      removal.run();
    } catch (Exception e) {
      LOG.warn("{}: the {} could not be removed", file, what, e);
    }
  }

  private interface Removal {
    void run() throws Exception;
  }

  /** What Camel had before a file came. */
  private record Before(
      List<RouteDefinition> routes,
      List<RouteTemplateDefinition> templates,
      List<RouteConfigurationDefinition> configurations,
      List<RestDefinition> rests) {
    Before(Model model) {
      this(
          List.copyOf(model.getRouteDefinitions()),
          List.copyOf(model.getRouteTemplateDefinitions()),
          List.copyOf(model.getRouteConfigurationDefinitions()),
          List.copyOf(model.getRestDefinitions()));
    }
  }
}
