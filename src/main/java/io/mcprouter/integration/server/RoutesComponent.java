package io.mcprouter.integration.server;

import io.mcprouter.protocol.Frame;
import io.mcprouter.transport.spi.EndpointConnections;
import io.mcprouter.transport.spi.FrameConverters;
import io.mcprouter.transport.spi.McpConnections;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Calls the MCP servers that routes of this process are. */
@Component(RoutesConstants.SCHEME)
public final class RoutesComponent extends DefaultComponent {
  @Metadata(
      label = "advanced",
      autowired = true,
      description =
          "Where connections come from. By default each endpoint opens one of its own and keeps it.")
  private McpConnections connections = new EndpointConnections();

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    String server = remaining; // Camel has decoded it
    if (server.isBlank()) {
      throw new IllegalArgumentException("the server's name is missing behind the scheme");
    }
    Endpoint endpoint = new RoutesEndpoint(uri, this, server);
    setProperties(endpoint, parameters);
    return endpoint;
  }

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    TypeConverterRegistry converters = getCamelContext().getTypeConverterRegistry();
    if (converters.lookup(String.class, Frame.class) == null) {
      converters.addTypeConverters(new FrameConverters());
    }
  }

  public McpConnections getConnections() {
    return connections;
  }

  /** Where connections come from. By default each endpoint opens one of its own and keeps it. */
  public void setConnections(McpConnections connections) {
    this.connections = connections;
  }
}
