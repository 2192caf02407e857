package io.mcprouter.integration.server;

import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;

/** Ends the servers that a context made for itself when the context stops. */
final class EndsWithContext extends LifecycleStrategySupport {
  private final RouteServers servers;

  EndsWithContext(RouteServers servers) {
    this.servers = servers;
  }

  @Override
  public void onContextStopped(CamelContext context) {
    servers.close();
  }
}
