package io.mcprouter.integration.server;

import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.ConnectionTarget;
import io.mcprouter.transport.spi.InProcessTarget;
import io.mcprouter.transport.spi.McpConnector;
import io.mcprouter.transport.spi.McpEndpoint;
import io.mcprouter.transport.spi.McpProducer;
import java.time.Duration;
import org.apache.camel.Category;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriPath;

/** Call an MCP server that routes of this process are (mcp-tool, mcp-resource, mcp-prompt). */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = RoutesConstants.SCHEME,
    title = "MCP Routes",
    syntax = "mcp-routes:server",
    producerOnly = true,
    category = {Category.AI},
    headersClass = RoutesConstants.class)
public final class RoutesEndpoint extends McpEndpoint {
  /** Nothing is connected to, so nothing takes that long. */
  private static final Duration INIT_TIMEOUT = Duration.ofSeconds(10);

  @UriPath(description = "The server's name, percent-encoded where needed")
  @Metadata(required = true)
  private final String server;

  private final RoutesComponent component;

  RoutesEndpoint(String uri, RoutesComponent component, String server) {
    super(uri, component, server);
    this.component = component;
    this.server = server;
  }

  public String getServer() {
    return server;
  }

  @Override
  public Producer createProducer() {
    return new RoutesProducer(this);
  }

  @Override
  public McpConnector connector() {
    return RouteServers.of(getCamelContext()).server(server);
  }

  @Override
  public ConnectionOptions connectionOptions() {
    return ConnectionOptions.plain(server, INIT_TIMEOUT, ConnectionOptions.Limits.DEFAULT);
  }

  @Override
  protected ConnectionTarget configuredTarget() {
    return new InProcessTarget();
  }

  @Override
  protected void doStop() throws Exception {
    component.getConnections().release(this).exceptionally(failed -> null).join();
    super.doStop();
  }

  private static final class RoutesProducer extends McpProducer {
    RoutesProducer(RoutesEndpoint endpoint) {
      super(endpoint, endpoint.component.getConnections());
    }
  }
}
