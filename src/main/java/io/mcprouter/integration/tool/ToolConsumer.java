package io.mcprouter.integration.tool;

import io.mcprouter.integration.server.RouteConsumer;
import io.mcprouter.integration.server.RouteItem;
import io.mcprouter.integration.server.RouteServers;
import java.util.List;
import org.apache.camel.Processor;

/** Offers a route as a tool while it runs. */
final class ToolConsumer extends RouteConsumer {
  private final ToolEndpoint endpoint;
  private final RouteServers servers;

  ToolConsumer(ToolEndpoint endpoint, Processor processor, RouteServers servers) {
    super(endpoint, processor, servers, endpoint.getConfiguration().getServer());
    this.endpoint = endpoint;
    this.servers = servers;
  }

  @Override
  protected List<RouteItem> items() {
    return List.of(
        Tool.of(endpoint.getName(), endpoint.getConfiguration(), this, servers.disclosure()));
  }
}
