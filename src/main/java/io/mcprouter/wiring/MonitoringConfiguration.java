package io.mcprouter.wiring;

import io.mcprouter.endpoint.ClientSessions;
import io.mcprouter.monitoring.CallLog;
import io.mcprouter.monitoring.HealthWithoutServers;
import io.mcprouter.monitoring.RouteFileMeters;
import io.mcprouter.monitoring.RouteFilesEndpoint;
import io.mcprouter.monitoring.RouteFilesHealth;
import io.mcprouter.monitoring.RouterMeters;
import io.mcprouter.monitoring.RouterState;
import io.mcprouter.monitoring.ServerReports;
import io.mcprouter.monitoring.ServerStates;
import io.mcprouter.monitoring.ServersEndpoint;
import io.mcprouter.monitoring.ServersHealth;
import io.mcprouter.routing.RouteCompiler;
import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.routing.files.RouteFiles;
import io.mcprouter.session.Sessions;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What operators see. Observers are made before what they observe, and find it when asked. */
@Configuration(proxyBeanMethods = false)
class MonitoringConfiguration {
  /** The name of the servers' health, and of its group in application.yaml. */
  private static final String SERVERS = "mcp";

  private static final String ROUTES = "routes";

  @Bean
  RouterState routerState(
      ObjectProvider<RouteInstaller> routes,
      ObjectProvider<CamelContext> camel,
      ObjectProvider<Sessions> sessions,
      ObjectProvider<ClientSessions> clients,
      McpRouterProperties properties) {
    return new LiveState(routes, camel, sessions, clients, properties);
  }

  @Bean
  ServerStates serverStates() {
    return new ServerStates();
  }

  @Bean
  RouterMeters routerMeters(MeterRegistry registry, ServerStates states, RouterState router) {
    return new RouterMeters(registry, states, router);
  }

  /**
   * Camel counts by route; routes of users' servers come and go with their users, and would be
   * labels without end.
   */
  @Bean
  MeterFilter noMetersOfUsersRoutes() {
    return MeterFilter.deny(
        id -> {
          String route = id.getTag("routeId");
          return route != null && RouteCompiler.isOfUser(route);
        });
  }

  @Bean
  CallLog callLog() {
    return new CallLog();
  }

  @Bean
  ServerReports serverReports(RouterState router, ServerStates states) {
    return new ServerReports(router, states);
  }

  @Bean(SERVERS + "HealthContributor")
  ServersHealth serversHealth(ServerReports reports) {
    return new ServersHealth(reports);
  }

  @Bean
  HealthWithoutServers healthWithoutServers() {
    return new HealthWithoutServers(Set.of(SERVERS, ROUTES));
  }

  @Bean(ROUTES + "HealthIndicator")
  RouteFilesHealth routeFilesHealth(RouteFiles files) {
    return new RouteFilesHealth(files::reports);
  }

  @Bean
  RouteFilesEndpoint routeFilesEndpoint(RouteFiles files) {
    return new RouteFilesEndpoint(files::reports);
  }

  @Bean
  RouteFileMeters routeFileMeters(RouteFiles files) {
    return new RouteFileMeters(files::reports);
  }

  @Bean
  ServersEndpoint serversEndpoint(ServerReports reports) {
    return new ServersEndpoint(reports);
  }
}
