package io.mcprouter.wiring;

import com.github.benmanes.caffeine.cache.Cache;
import io.mcprouter.catalog.Catalog;
import io.mcprouter.catalog.CatalogSettings;
import io.mcprouter.config.Environment;
import io.mcprouter.credential.Owner;
import io.mcprouter.credential.UserVariables;
import io.mcprouter.endpoint.ClientSessions;
import io.mcprouter.endpoint.DataPlane;
import io.mcprouter.endpoint.Resubscription;
import io.mcprouter.endpoint.ServerNews;
import io.mcprouter.endpoint.StdioClients;
import io.mcprouter.integration.event.ServerWatch;
import io.mcprouter.integration.server.RouteServers;
import io.mcprouter.monitoring.RouterMeters;
import io.mcprouter.oauth.OAuth;
import io.mcprouter.routing.CallObserver;
import io.mcprouter.routing.CompiledTargets;
import io.mcprouter.routing.DeadlinePolicy;
import io.mcprouter.routing.Disclosure;
import io.mcprouter.routing.PlaceholderProcessor;
import io.mcprouter.routing.RouteInstaller;
import io.mcprouter.routing.RunningServer;
import io.mcprouter.routing.files.RouteFiles;
import io.mcprouter.session.SessionObserver;
import io.mcprouter.session.SessionPolicy;
import io.mcprouter.session.SessionRights;
import io.mcprouter.session.Sessions;
import io.netty.util.HashedWheelTimer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the data plane. */
@Configuration(proxyBeanMethods = false)
class RouterConfiguration {
  private static final long DEADLINE_TICK_MILLIS = 20;

  @Bean(destroyMethod = "")
  Vertx vertx() {
    return Vertx.vertx(
        new VertxOptions().setEventLoopPoolSize(Runtime.getRuntime().availableProcessors()));
  }

  @Bean(destroyMethod = "stop")
  HashedWheelTimer deadlineTimer() {
    return new HashedWheelTimer(
        Thread.ofPlatform().daemon().name("mcp-deadlines").factory(),
        DEADLINE_TICK_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  @Bean
  RouteInstaller routes(
      CamelContext camel,
      List<CallObserver> observers,
      RouterMeters meters,
      ObjectProvider<OAuth> oauth) {
    RouteInstaller routes =
        new RouteInstaller(
            camel,
            new CompiledTargets(
                Environment.ofProcess(),
                SelfCommand.line(),
                server -> oauth.getObject().isRequired(server)),
            CallObserver.all(observers));
    routes.onChange((added, changed, removed) -> meters.update());
    return routes;
  }

  @Bean
  RouteFiles routeFiles(
      CamelContext camel,
      RouteInstaller routes,
      RouteServers servers,
      McpRouterProperties properties) {
    return new RouteFiles(camel, routes, new RouteDoors(servers), properties.routes().drain());
  }

  /** Named as the route templates name it. */
  @Bean
  DeadlinePolicy mcpDeadlines(
      RouteInstaller routes, McpRouterProperties properties, HashedWheelTimer timer) {
    return new DeadlinePolicy(routes::byRoute, properties.questionTimeout(), timer);
  }

  /** Named as the route templates name it. */
  @Bean
  PlaceholderProcessor mcpPlaceholders(RouteInstaller routes, UserVariables variables) {
    return new PlaceholderProcessor(
        routes::byRoute, (caller, server) -> variables.of(Owner.of(caller), server));
  }

  @Bean
  ServerIntroductions knownServers(ObjectProvider<Catalog> catalog) {
    return new ServerIntroductions(catalog);
  }

  @Bean
  WhoIsConnected whoIsConnected(ObjectProvider<Sessions> sessions) {
    return new WhoIsConnected(sessions);
  }

  /** For routes: {@code caffeine-cache:mcpSessions}. */
  @Bean
  Cache<String, Integer> mcpSessions(WhoIsConnected whoIsConnected) {
    return whoIsConnected.cache();
  }

  @Bean(destroyMethod = "")
  Catalog catalog(RouteInstaller routes, ServerIntroductions known, ServerWatch watch) {
    Catalog catalog = new Catalog(routes, CatalogSettings.DEFAULT, known);
    routes.onChange(catalog);
    routes.onChange(watch);
    catalog.onListChanged(watch);
    return catalog;
  }

  @Bean
  ClientSessions clientSessions(McpRouterProperties properties) {
    return new ClientSessions(Settings.endpoint(properties));
  }

  @Bean
  ServerNews serverNews(ClientSessions clients, Catalog catalog) {
    ServerNews news = new ServerNews(clients, catalog);
    catalog.onListChanged(news);
    catalog.onViewsChanged(news);
    return news;
  }

  @Bean(destroyMethod = "")
  Sessions sessions(
      McpRouterProperties properties,
      RouteInstaller routes,
      SessionRights rights,
      ServerNews news,
      ClientSessions clients,
      Catalog catalog,
      Vertx vertx,
      ServerWatch watch,
      List<SessionObserver> observers) {
    Sessions sessions =
        new Sessions(
            Settings.session(properties),
            server -> {
              RunningServer running = routes.servers().find(server);
              return running == null ? null : SessionPolicy.of(running.definition());
            },
            rights,
            watch.before(news),
            observers);
    clients.onGone(sessions::clientGone);
    routes.onChange(new SessionDrain(routes, sessions));
    routes.onChange(
        new Resubscription(vertx, clients, catalog, routes)); // once no old session is found
    return sessions;
  }

  @Bean
  StdioClients stdioClients(
      McpRouterProperties properties,
      ClientSessions clients,
      Catalog catalog,
      RouteInstaller routes) {
    return new StdioClients(Settings.endpoint(properties), clients, catalog, routes);
  }

  @Bean(destroyMethod = "")
  DataPlane dataPlane(
      Vertx vertx,
      McpRouterProperties properties,
      DataPlane.Authentication authentication,
      ClientSessions clients,
      Catalog catalog,
      RouteInstaller routes,
      Disclosure disclosure,
      Certificates certificates) {
    return new DataPlane(
        vertx,
        Settings.endpoint(properties),
        authentication,
        clients,
        catalog,
        routes,
        disclosure,
        certificates.forDataPlane());
  }
}
