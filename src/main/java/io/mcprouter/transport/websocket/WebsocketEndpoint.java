package io.mcprouter.transport.websocket;

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

/** Call an MCP server over a websocket with the subprotocol mcp. */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = WebsocketConstants.SCHEME,
    title = "MCP Websocket",
    syntax = "mcp-websocket:server",
    producerOnly = true,
    remote = true,
    category = {Category.AI, Category.HTTP},
    headersClass = WebsocketConstants.class)
public final class WebsocketEndpoint extends McpEndpoint {
  private static final List<String> SCHEMES = List.of("ws", "wss");

  @UriPath(description = "The server's name, percent-encoded where needed")
  @Metadata(required = true)
  private final String server;

  @UriParam private final WebsocketConfiguration configuration;

  private final WebsocketComponent component;

  WebsocketEndpoint(
      String uri,
      WebsocketComponent component,
      String server,
      WebsocketConfiguration configuration) {
    super(uri, component, server);
    this.component = component;
    this.server = server;
    this.configuration = configuration;
  }

  public String getServer() {
    return server;
  }

  public WebsocketConfiguration getConfiguration() {
    return configuration;
  }

  @Override
  public Producer createProducer() {
    return new WebsocketProducer(this, component.getConnections());
  }

  @Override
  public McpConnector connector() {
    return Conversation.over(new WebsocketConnector(component, configuration));
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
