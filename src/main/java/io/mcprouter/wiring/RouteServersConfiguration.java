package io.mcprouter.wiring;

import io.mcprouter.catalog.Catalog;
import io.mcprouter.catalog.ListKind;
import io.mcprouter.integration.server.RouteServers;
import io.mcprouter.integration.server.RoutesComponent;
import io.mcprouter.integration.server.StoppableSteps;
import io.mcprouter.monitoring.RouterMeters;
import io.mcprouter.routing.Disclosure;
import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.session.Sessions;
import java.util.Set;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The MCP servers that routes are, beside those of the servers file. */
@Configuration(proxyBeanMethods = false)
class RouteServersConfiguration {
  @Bean
  RouteServers routeServers(Disclosure disclosure, RouterMeters meters) {
    return new RouteServers(disclosure, (server, routeId, step) -> meters.unstoppable(server));
  }

  /** Camel adds it to the context before it makes routes. */
  @Bean
  StoppableSteps stoppableSteps() {
    return new StoppableSteps();
  }

  @Bean("mcp-routes")
  RoutesComponent mcpRoutes(Sessions sessions) {
    RoutesComponent component = new RoutesComponent();
    component.setConnections(sessions);
    return component;
  }

  @Bean
  SmartInitializingSingleton serversOfRoutes(
      RouteServers servers, RouteInstaller routes, Catalog catalog) {
    return () -> {
      routes.serveBeside(servers::beside);
      servers.onChange(new Settled(routes, catalog));
    };
  }

  private record Settled(RouteInstaller routes, Catalog catalog) implements RouteServers.Listener {
    @Override
    public void changed(Set<String> servers) {
      routes.renew();
    }

    @Override
    public void listChanged(String server, ListKind kind) {
      catalog.serverChanged(server, "", kind);
    }
  }
}
