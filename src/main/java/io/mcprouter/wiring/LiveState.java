package io.mcprouter.wiring;

import io.mcprouter.config.ServerName;
import io.mcprouter.endpoint.ClientSessions;
import io.mcprouter.monitoring.RouterState;
import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.session.Sessions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;

/** The running router, for monitoring, which comes into being before the parts that it observes. */
final class LiveState implements RouterState {
  private final ObjectProvider<RouteInstaller> routes;
  private final ObjectProvider<Sessions> sessions;
  private final ObjectProvider<ClientSessions> clients;
  private final Limits limits;

  LiveState(
      ObjectProvider<RouteInstaller> routes,
      ObjectProvider<Sessions> sessions,
      ObjectProvider<ClientSessions> clients,
      McpRouterProperties properties) {
    this.routes = routes;
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
  public int clientSessions() {
    return clients.getObject().count();
  }

  @Override
  public Limits limits() {
    return limits;
  }
}
