package io.mcprouter.integration.call;

import io.mcprouter.integration.McpConverters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/** Calls tools, reads resources and gets prompts of MCP servers. */
@Component(McpCallConstants.SCHEME)
public final class McpCallComponent extends DefaultComponent {
  @Metadata(
      label = "advanced",
      autowired = true,
      description = "Where calls go. In the router its own servers; by default those of 'servers'")
  private @Nullable McpCalls calls;

  @Metadata(
      description =
          "The endpoint of each server by its name, such as mcp-http:docs?url=..., where calls do"
              + " not go to a router's servers")
  private Map<String, Object> servers = new ConcurrentHashMap<>();

  private @Nullable EndpointCalls ofServers;
  private final ArgumentSchemas schemas = new ArgumentSchemas();

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    McpCallConfiguration configuration = new McpCallConfiguration();
    McpCallEndpoint endpoint = new McpCallEndpoint(uri, this, remaining, configuration);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    McpConverters.addTo(getCamelContext());
  }

  @Override
  protected void doStop() throws Exception {
    EndpointCalls started;
    synchronized (this) {
      started = ofServers;
      ofServers = null;
    }
    ServiceHelper.stopAndShutdownService(started);
    super.doStop();
  }

  /** Where the calls of an endpoint without {@code via} go. */
  synchronized McpCalls target() {
    if (calls != null) {
      return calls;
    }
    if (ofServers == null) {
      ofServers = new EndpointCalls(getCamelContext(), this::uri);
      ServiceHelper.startService(ofServers);
    }
    return ofServers;
  }

  private @Nullable String uri(@Nullable String server) {
    Object uri = server == null ? null : servers.get(server);
    return uri == null ? null : uri.toString();
  }

  ArgumentSchemas schemas() {
    return schemas;
  }

  public @Nullable McpCalls getCalls() {
    return calls;
  }

  /** Sets where calls go. */
  public void setCalls(@Nullable McpCalls calls) {
    this.calls = calls;
  }

  public Map<String, Object> getServers() {
    return servers;
  }

  /** Sets the endpoints of servers, by the servers' names. */
  public void setServers(Map<String, Object> servers) {
    this.servers = servers;
  }
}
