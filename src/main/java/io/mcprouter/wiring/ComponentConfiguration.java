package io.mcprouter.wiring;

import io.mcprouter.catalog.Catalog;
import io.mcprouter.integration.call.CatalogCalls;
import io.mcprouter.integration.call.McpCallComponent;
import io.mcprouter.integration.call.McpCalls;
import io.mcprouter.integration.event.EventBus;
import io.mcprouter.integration.event.EventsComponent;
import io.mcprouter.integration.event.ServerWatch;
import io.mcprouter.routing.ServerCalls;
import io.mcprouter.session.Sessions;
import io.mcprouter.transport.http.HttpComponent;
import io.mcprouter.transport.sse.SseComponent;
import io.mcprouter.transport.stdio.StdioComponent;
import io.mcprouter.transport.websocket.WebsocketComponent;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.vertx.core.Vertx;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The transports, whose connections are the router's sessions, and the components of routes. Camel
 * finds each under its scheme.
 */
@Configuration(proxyBeanMethods = false)
class ComponentConfiguration {
  @Bean("mcp-stdio")
  StdioComponent stdio(Sessions sessions) {
    StdioComponent component = new StdioComponent();
    component.setConnections(sessions);
    return component;
  }

  @Bean("mcp-http")
  HttpComponent http(Sessions sessions, Vertx vertx, CurrentAddressPolicy addresses) {
    HttpComponent component = new HttpComponent();
    component.setConnections(sessions);
    component.setVertx(vertx);
    component.setAddressPolicy(addresses);
    return component;
  }

  @Bean("mcp-sse")
  SseComponent sse(Sessions sessions, Vertx vertx, CurrentAddressPolicy addresses) {
    SseComponent component = new SseComponent();
    component.setConnections(sessions);
    component.setVertx(vertx);
    component.setAddressPolicy(addresses);
    return component;
  }

  @Bean("mcp-websocket")
  WebsocketComponent websocket(Sessions sessions, Vertx vertx, CurrentAddressPolicy addresses) {
    WebsocketComponent component = new WebsocketComponent();
    component.setConnections(sessions);
    component.setVertx(vertx);
    component.setAddressPolicy(addresses);
    return component;
  }

  @Bean
  McpCalls routeCalls(Catalog catalog, ServerCalls servers) {
    return new CatalogCalls(catalog, servers);
  }

  @Bean("mcp-call")
  McpCallComponent call(McpCalls calls) {
    McpCallComponent component = new McpCallComponent();
    component.setCalls(calls);
    return component;
  }

  @Bean
  EventBus eventBus() {
    return new EventBus();
  }

  /** Observes calls too, as every bean of that kind does. */
  @Bean
  ServerWatch serverWatch(EventBus bus, Clock clock) {
    return new ServerWatch(bus, clock);
  }

  @Bean
  SessionNews sessionNews(ServerWatch watch) {
    return new SessionNews(watch);
  }

  @Bean("mcp-events")
  EventsComponent events(EventBus bus, ServerCalls servers) {
    EventsComponent component = new EventsComponent();
    component.setBus(bus);
    component.setCalls(servers);
    return component;
  }

  @Bean
  MeterBinder eventMeters(EventBus bus) {
    return registry ->
        FunctionCounter.builder("mcp.router.events.dropped", bus, EventBus::dropped)
            .description("Events that a route (mcp-events) had no room for")
            .register(registry);
  }
}
