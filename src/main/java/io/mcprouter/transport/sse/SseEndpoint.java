package io.mcprouter.transport.sse;

import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.ConnectionTarget;
import io.mcprouter.transport.spi.Conversation;
import io.mcprouter.transport.spi.McpConnector;
import io.mcprouter.transport.spi.McpEndpoint;
import io.mcprouter.transport.spi.McpFailure;
import java.util.List;
import org.apache.camel.Category;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;

/** Call an MCP server over HTTP with server-sent events (revision 2024-11-05). */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = SseConstants.SCHEME,
    title = "MCP SSE",
    syntax = "mcp-sse:server",
    producerOnly = true,
    remote = true,
    category = {Category.AI, Category.HTTP},
    headersClass = SseConstants.class)
public final class SseEndpoint extends McpEndpoint {
  private static final List<String> SCHEMES = List.of("http", "https");

  @UriPath(description = "The server's name, percent-encoded where needed")
  @Metadata(required = true)
  private final String server;

  @UriParam private final SseConfiguration configuration;

  private final SseComponent component;

  SseEndpoint(String uri, SseComponent component, String server, SseConfiguration configuration) {
    super(uri, component, server);
    this.component = component;
    this.server = server;
    this.configuration = configuration;
  }

  public String getServer() {
    return server;
  }

  public SseConfiguration getConfiguration() {
    return configuration;
  }

  @Override
  public Producer createProducer() {
    return new SseProducer(this, component.getConnections());
  }

  @Override
  public McpConnector connector() {
    return Conversation.over(new SseConnector(component, configuration));
  }

  @Override
  public ConnectionOptions connectionOptions() {
    return configuration.connectionOptions(server);
  }

  @Override
  protected ConnectionTarget configuredTarget() throws McpFailure {
    return configuration.target(server, SCHEMES);
  }

  @Override
  protected void doStop() throws Exception {
    component.getConnections().release(this);
    super.doStop();
  }
}
