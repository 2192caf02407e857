package io.mcprouter.routing;

import static java.util.stream.Collectors.joining;

import io.mcprouter.config.Fault;
import io.mcprouter.config.ServerDefinition;
import io.mcprouter.config.ServerName;
import io.mcprouter.config.Transport;
import io.mcprouter.routing.files.CamelFault;
import io.mcprouter.transport.spi.McpFailure;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
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
 * Makes Camel routes of a server definition. They come from route templates, {@code mcp-server}
 * alone unless the entry names others; templates are YAML that a team can read, copy and replace.
 */
public final class RouteCompiler {
  private static final Logger LOG = LoggerFactory.getLogger(RouteCompiler.class);

  /** The bean that the shipped template names. */
  private static final String PLACEHOLDERS = "mcpPlaceholders";

  /** Where the shipped template sends the call. */
  private static final String SERVER = "{{transport}}:{{server}}";

  /** What the id of every server's route begins with. */
  private static final String ROUTE = "mcp.";

  /** Camel stops, starts and makes no other route while it waits for one to end. */
  private static final Duration LAST_STEPS = Duration.ofSeconds(5);

  private final CamelContext camel;
  private final Targets targets;

  /** How many routes lead to the target of a user's server, by the router's name of it. */
  private final Map<String, Integer> leadingTo = new HashMap<>();

  RouteCompiler(CamelContext camel, Targets targets) {
    this.camel = camel;
    this.targets = targets;
  }

  /**
   * Adds and starts the routes, all or none; one server at a time, as Camel takes them.
   *
   * @param generation tells the routes of an edited entry apart; 1 for the first
   * @throws McpFailure when the entry cannot become a route, saying why
   */
  synchronized RunningServer compile(ServerDefinition definition, int generation)
      throws McpFailure {
    TargetTemplate target = targets.compile(definition);
    String name = definition.name();
    String suffix = generation == 1 ? "" : "." + generation;
    List<TemplateLink> links =
        TemplateChain.of(camel, definition, ROUTE + name + suffix, ROUTE + encoded(name) + suffix);
    checkFree(definition, links);
    boolean complete = false;
    try {
      for (TemplateLink link : links.reversed()) { // where each leads to is there before it
        addRoute(camel, definition, link);
        describe(definition, link.routeId());
      }
      RunningServer server = running(definition, target, links);
      leadTo(definition);
      complete = true;
      return server;
    } catch (Exception e) {
      throw McpFailure.of(McpFailure.Kind.NOT_CONFIGURED, name, whyNoRoute(links, e));
    } finally {
      if (!complete) {
        takeBack(definition, links);
      }
    }
  }

  /** In words of its own, since Camel's name the whole route with the parameters' values. */
  private String whyNoRoute(List<TemplateLink> links, Exception thrown) {
    return (links.size() == 1 ? "the route template " : "the route templates ")
        + links.stream().map(link -> "'" + link.use().name() + "'").collect(joining(", "))
        + (links.size() == 1 ? " gives no route: " : " give no route: ")
        + CamelFault.of(camel, thrown).reason();
  }

  /** Whether no route can be made any more: what Camel then says is no fault of an entry. */
  boolean isEnding() {
    ServiceStatus status = camel.getStatus();
    return status.isStopping() || status.isStopped();
  }

  /** Camel would put the new route in the other's place. */
  private void checkFree(ServerDefinition definition, List<TemplateLink> links) throws McpFailure {
    for (TemplateLink link : links) {
      if (camel.getRoute(link.routeId()) != null) {
        throw McpFailure.of(
            McpFailure.Kind.NOT_CONFIGURED,
            definition.name(),
            "its route would have the id '" + link.routeId() + "', which another has; rename it");
      }
    }
  }

  private RunningServer running(
      ServerDefinition definition, TargetTemplate target, List<TemplateLink> links)
      throws Exception {
    Endpoint endpoint = camel.getEndpoint(direct(links.getFirst()));
    AsyncProducer producer = endpoint.createAsyncProducer();
    producer.start();
    List<String> routes = links.stream().map(TemplateLink::routeId).toList();
    return new RunningServer(definition, target, routes, endpoint, producer, mayBlock(links));
  }

  /** Leaves nothing of a route that could not be finished: it may be tried often. */
  private void takeBack(ServerDefinition definition, List<TemplateLink> links) {
    try {
      for (TemplateLink link : links) {
        removeRoute(link.routeId());
        removeEndpoint(direct(link));
      }
    } catch (Exception e) {
      LOG.warn("Server '{}': its unfinished route could not be removed", definition.name(), e);
    }
    removeUnused(definition);
  }

  private static String direct(TemplateLink link) {
    return "direct:" + link.entry();
  }

  /**
   * Adds a route to a context in which its template is; where that is not started, the route is
   * neither.
   */
  private static void addRoute(CamelContext camel, ServerDefinition definition, TemplateLink link) {
    TemplatedRouteBuilder route =
        TemplatedRouteBuilder.builder(camel, link.use().name())
            .routeId(link.routeId())
            .parameter("server", encoded(definition.name()))
            .parameter("title", definition.title())
            .parameter("transport", scheme(definition.transport()))
            .parameter("timeout", definition.timeouts().timeout().toMillis())
            .parameter("entry", link.entry());
    if (link.next() != null) {
      route.parameter("next", link.next());
    }
    link.use().parameters().forEach(route::parameter);
    route.add();
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
   * Adds the routes of a definition to a context that is not started, to look at them.
   *
   * @return the names of the templates by the ids of their routes, in the order in which a call
   *     passes them
   * @throws McpFailure when a template or a parameter is not right
   */
  public static Map<String, String> draw(CamelContext camel, ServerDefinition definition)
      throws McpFailure {
    Map<String, String> drawn = new LinkedHashMap<>();
    String name = definition.name();
    for (TemplateLink link :
        TemplateChain.of(camel, definition, ROUTE + name, ROUTE + encoded(name))) {
      addRoute(camel, definition, link);
      drawn.put(link.routeId(), link.use().name());
    }
    return drawn;
  }

  /** What is wrong with the templates that an entry names; null where nothing is. */
  public static @Nullable Fault templateFault(CamelContext camel, ServerDefinition definition) {
    return TemplateChain.fault(camel, definition);
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

  /** Stops and removes a server's routes and what led into them. */
  void remove(RunningServer server) throws Exception {
    server.producer().stop();
    for (String routeId : server.routeIds().reversed()) { // a route may wait for the one behind it
      camel.getRouteController().stopRoute(routeId, LAST_STEPS.toMillis(), TimeUnit.MILLISECONDS);
    }
    takeOut(server);
  }

  /** As routes are made, one server at a time: Camel's list of them bears no second thread. */
  private synchronized void takeOut(RunningServer server) throws Exception {
    String entry = server.entry().getEndpointUri();
    for (String routeId : server.routeIds()) {
      Route route = camel.getRoute(routeId);
      removeRoute(routeId);
      if (route != null) {
        camel.removeEndpoint(route.getEndpoint());
      }
    }
    removeEndpoint(entry);
  }

  /** This one alone: where Camel is given a text, it is a pattern, and a dot fits anything. */
  private void removeEndpoint(String uri) throws Exception {
    Endpoint endpoint = camel.hasEndpoint(uri);
    if (endpoint != null) {
      camel.removeEndpoint(endpoint);
    }
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
        removeEndpoint(scheme(definition.transport()) + ":" + encoded(definition.name()));
      } catch (Exception e) {
        LOG.warn("The endpoint of server '{}' could not be removed", definition.name(), e);
      }
    }
  }

  /**
   * Nothing is known of a team's own steps, nor of what a route configuration or an error handler
   * that sends again does around them; only the shipped template's own form never blocks.
   */
  private boolean mayBlock(List<TemplateLink> links) {
    Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
    RouteDefinition route =
        model.getRouteTemplateDefinition(links.getFirst().use().name()).getRoute();
    return links.size() > 1
        || !isPlain(route.getOutputs())
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
