package io.mcprouter.routing;

import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.ServerName;
import io.mcprouter.config.Transport;
import io.mcprouter.transport.spi.McpFailure;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.ErrorHandlerDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a Camel route of a server definition. The route comes from a route template, {@code
 * mcp-server} unless the entry names another; templates are YAML that a team can read, copy and
 * replace.
 */
public final class RouteCompiler {
  private static final Logger LOG = LoggerFactory.getLogger(RouteCompiler.class);

  /** The bean that the shipped template names. */
  private static final String PLACEHOLDERS = "mcpPlaceholders";

  /** Where the shipped template sends the call. */
  private static final String SERVER = "{{transport}}:{{server}}";

  /** What the id of every server's route begins with. */
  private static final String ROUTE = "mcp.";

  private final CamelContext camel;
  private final Targets targets;

  /** How many routes lead to the target of a user's server, by the router's name of it. */
  private final Map<String, Integer> leadingTo = new HashMap<>();

  RouteCompiler(CamelContext camel, Targets targets) {
    this.camel = camel;
    this.targets = targets;
  }

  /**
   * Adds and starts the route; one at a time, as Camel takes them.
   *
   * @param generation tells the routes of an edited entry apart; 1 for the first
   * @throws McpFailure when the entry cannot become a route, saying why
   */
  synchronized RunningServer compile(ServerDefinition definition, int generation)
      throws McpFailure {
    TargetTemplate target = targets.compile(definition);
    String name = definition.name();
    String suffix = generation == 1 ? "" : "." + generation;
    String routeId = ROUTE + name + suffix;
    String entry = ROUTE + encoded(name) + suffix;
    boolean complete = false;
    try {
      addRoute(camel, definition, routeId, entry);
      describe(definition, routeId);
      RunningServer server = running(definition, target, routeId, "direct:" + entry);
      leadTo(definition);
      complete = true;
      return server;
    } catch (Exception e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw McpFailure.of(
          McpFailure.Kind.NOT_CONFIGURED,
          name,
          "the route template '" + definition.router().template() + "' gives no route: " + why);
    } finally {
      if (!complete) {
        takeBack(definition, routeId, "direct:" + entry);
      }
    }
  }

  private RunningServer running(
      ServerDefinition definition, TargetTemplate target, String routeId, String entry)
      throws Exception {
    boolean blocking = mayBlock(definition);
    Endpoint endpoint = camel.getEndpoint(entry);
    AsyncProducer producer = endpoint.createAsyncProducer();
    producer.start();
    return new RunningServer(definition, target, routeId, endpoint, producer, blocking);
  }

  /** Leaves nothing of a route that could not be finished: it may be tried often. */
  private void takeBack(ServerDefinition definition, String routeId, String entry) {
    try {
      removeRoute(routeId);
      camel.removeEndpoints(entry);
    } catch (Exception e) {
      LOG.warn("Server '{}': its unfinished route could not be removed", definition.name(), e);
    }
    removeUnused(definition);
  }

  /**
   * Adds the route to a context in which its template is; where that is not started, the route is
   * neither.
   *
   * @param entry the name of the direct endpoint where calls come in
   */
  private static void addRoute(
      CamelContext camel, ServerDefinition definition, String routeId, String entry) {
    TemplatedRouteBuilder.builder(camel, definition.router().template())
        .routeId(routeId)
        .parameter("server", encoded(definition.name()))
        .parameter("title", definition.title())
        .parameter("transport", scheme(definition.transport()))
        .parameter("entry", entry)
        .add();
  }

  /** Camel replaces a template's parameters everywhere but in the description. */
  private void describe(ServerDefinition definition, String routeId) {
    Route route = camel.getRoute(routeId);
    if (route != null && route.getDescription() != null) {
      String described =
          route
              .getDescription()
              .replace("{{transport}}", scheme(definition.transport()))
              .replace("{{server}}", definition.name())
              .replace("{{title}}", definition.title());
      route.getProperties().put(Route.DESCRIPTION_PROPERTY, described);
    }
  }

  /**
   * Adds the route of a definition to a context that is not started, to look at it.
   *
   * @return the route's id
   */
  public static String draw(CamelContext camel, ServerDefinition definition) {
    String routeId = ROUTE + definition.name();
    addRoute(camel, definition, routeId, ROUTE + encoded(definition.name()));
    return routeId;
  }

  /** Whether this is the route of a server that a user added. */
  public static boolean isOfUser(String routeId) {
    return routeId.startsWith(ROUTE) && ServerName.isOfUser(routeId);
  }

  /** Runs an action while no route is made. */
  synchronized void pause(Runnable action) {
    action.run();
  }

  /** Whether this is the route of a server, which the router made. */
  public static boolean isOfServer(String routeId) {
    return routeId.startsWith(ROUTE);
  }

  /** Stops and removes a route and what led into it. */
  void remove(RunningServer server) throws Exception {
    server.producer().stop();
    removeRoute(server.routeId());
    camel.removeEndpoint(server.entry());
  }

  private void removeRoute(String routeId) throws Exception {
    camel.getRouteController().stopRoute(routeId);
    camel.removeRoute(routeId);
    Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
    RouteDefinition left = model.getRouteDefinition(routeId);
    if (left != null) {
      model.removeRouteDefinition(left); // of a route that could not be started
    }
  }

  private void leadTo(ServerDefinition definition) {
    if (definition.isOfUser()) {
      leadingTo.merge(definition.name(), 1, Integer::sum);
    }
  }

  /**
   * A route that led to a server is gone: with the last one of a user's server goes what it led to;
   * of the file's servers there are few. A route that is just made of it keeps it.
   */
  synchronized void removeTarget(ServerDefinition definition) {
    leadingTo.computeIfPresent(
        definition.name(), (name, routes) -> routes == 1 ? null : routes - 1);
    removeUnused(definition);
  }

  private void removeUnused(ServerDefinition definition) {
    if (definition.isOfUser() && !leadingTo.containsKey(definition.name())) {
      try {
        camel.removeEndpoints(scheme(definition.transport()) + ":" + encoded(definition.name()));
      } catch (Exception e) {
        LOG.warn("The endpoint of server '{}' could not be removed", definition.name(), e);
      }
    }
  }

  /**
   * Nothing is known of a team's own steps, nor of what a route configuration or an error handler
   * that sends again does around them; only the shipped template's own form never blocks.
   */
  private boolean mayBlock(ServerDefinition definition) {
    Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
    RouteDefinition route =
        model.getRouteTemplateDefinition(definition.router().template()).getRoute();
    return !isPlain(route.getOutputs())
        || !neverRepeats(route.getErrorHandler())
        || !model.getRouteConfigurationDefinitions().isEmpty();
  }

  private static boolean isPlain(List<ProcessorDefinition<?>> steps) {
    return steps.size() == 2
        && steps.get(0) instanceof ProcessDefinition first
        && PLACEHOLDERS.equals(first.getRef())
        && steps.get(1) instanceof ToDefinition second
        && SERVER.equals(second.getUri());
  }

  private static boolean neverRepeats(@Nullable ErrorHandlerDefinition errorHandler) {
    return errorHandler != null
        && errorHandler.getErrorHandlerType() instanceof DefaultErrorHandlerDefinition plain
        && !plain.hasRedeliveryPolicy()
        && plain.getRedeliveryPolicyRef() == null;
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The scheme of the component that carries a transport. */
  public static String scheme(Transport transport) {
    return switch (transport) {
      case STDIO -> "mcp-stdio";
      case SSE -> "mcp-sse";
      case STREAMABLE_HTTP -> "mcp-http";
      case WEBSOCKET -> "mcp-websocket";
      case ROUTES -> "mcp-routes";
    };
  }

  /** Compiles the placeholders of a definition; fails where one cannot be used. */
  @FunctionalInterface
  public interface Targets {
    TargetTemplate compile(ServerDefinition definition) throws McpFailure;
  }
}
