package io.mcprouter.integration.tool;

import io.mcprouter.integration.server.RouteConsumer;
import io.mcprouter.integration.server.RouteItem;
import io.mcprouter.integration.server.RouteServers;
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
  protected RouteItem item() {
    return Tool.of(endpoint, this, servers.disclosure());
  }
}
