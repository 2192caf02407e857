package io.mcprouter.wiring;

import io.mcprouter.config.ServerName;
import io.mcprouter.endpoint.ClientSessions;
import io.mcprouter.monitoring.CircuitState;
import io.mcprouter.monitoring.RouterState;
import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.session.Sessions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.resilience4j.ResilienceProcessor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** The running router, for monitoring, which comes into being before the parts that it observes. */
final class LiveState implements RouterState {
  private final ObjectProvider<RouteInstaller> routes;
  private final ObjectProvider<CamelContext> camel;
  private final ObjectProvider<Sessions> sessions;
  private final ObjectProvider<ClientSessions> clients;
  private final Limits limits;

  LiveState(
      ObjectProvider<RouteInstaller> routes,
      ObjectProvider<CamelContext> camel,
      ObjectProvider<Sessions> sessions,
      ObjectProvider<ClientSessions> clients,
      McpRouterProperties properties) {
    this.routes = routes;
    this.camel = camel;
    this.sessions = sessions;
    this.clients = clients;
    this.limits =
        new Limits(
            properties.sessions().max(),
            properties.sessions().maxChildren(),
            properties.clients().maxSessions());
  }

  @Override
  public List<RunningServer> running() {
    return routes.getObject().servers().all().stream()
        .map(server -> new RunningServer(server.name(), server.definition().transport().text()))
        .toList();
  }

  @Override
  public List<String> failed() {
    return List.copyOf(routes.getObject().servers().failed().keySet());
  }

  @Override
  public Map<String, Integer> openCalls() {
    Map<String, Integer> open = new HashMap<>();
    routes
        .getObject()
        .servers()
        .all()
        .forEach(server -> open.put(server.name(), server.openCalls()));
    routes
        .getObject()
        .ofUsers()
        .forEach(server -> open.merge(OF_USERS.name(), server.openCalls(), Integer::sum));
    return open;
  }

  @Override
  public Map<String, Integer> sessions() {
    Map<String, Integer> open = new HashMap<>();
    sessions
        .getObject()
        .sessionsByServer()
        .forEach(
            (server, number) ->
                open.merge(
                    ServerName.isOfUser(server) ? OF_USERS.name() : server, number, Integer::sum));
    return open;
  }

  @Override
  public Map<String, Integer> children() {
    return sessions.getObject().childrenByServer();
  }

  @Override
  public Map<String, CircuitState> circuitBreakers() {
    Map<String, CircuitState> states = new HashMap<>();
    for (var server : routes.getObject().servers().all()) {
      server.routeIds().stream()
          .flatMap(this::circuitBreakers)
          .forEach(state -> states.merge(server.name(), state, CircuitState::orWorse));
    }
    return states;
  }

  /** Those of a route's steps, also of a team's own templates. */
  private Stream<CircuitState> circuitBreakers(String routeId) {
    Route route = camel.getObject().getRoute(routeId);
    return route == null
        ? Stream.empty()
        : route.filter("*").stream()
            .filter(ResilienceProcessor.class::isInstance)
            .map(step -> state(((ResilienceProcessor) step).getCircuitBreakerState()));
  }

  private static CircuitState state(@Nullable String resilience) {
    return switch (resilience) {
      case "OPEN", "FORCED_OPEN" -> CircuitState.OPEN;
      case "HALF_OPEN" -> CircuitState.HALF_OPEN;
      case null, default -> CircuitState.CLOSED; // no call has passed, or it only counts
    };
  }

  @Override
  public int clientSessions() {
    return clients.getObject().count();
  }

  @Override
  public Limits limits() {
    return limits;
  }
}
