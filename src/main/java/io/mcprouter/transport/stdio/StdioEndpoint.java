package io.mcprouter.transport.stdio;

import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.ConnectionTarget;
import io.mcprouter.transport.spi.Conversation;
import io.mcprouter.transport.spi.McpConnector;
import io.mcprouter.transport.spi.McpEndpoint;
import java.time.Duration;
import org.apache.camel.Category;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;

/** Call an MCP server that runs as a child process and speaks over its standard streams. */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = StdioConstants.SCHEME,
    title = "MCP Stdio",
    syntax = "mcp-stdio:server",
    producerOnly = true,
    category = {Category.AI},
    headersClass = StdioConstants.class)
public final class StdioEndpoint extends McpEndpoint {
  @UriPath(description = "The server's name, as messages and meters show it")
  @Metadata(required = true)
  private final String server;

  @UriParam private final StdioConfiguration configuration;

  private final StdioComponent component;

  StdioEndpoint(
      String uri, StdioComponent component, String server, StdioConfiguration configuration) {
    super(uri, component, server);
    this.component = component;
    this.server = server;
    this.configuration = configuration;
  }

  public String getServer() {
    return server;
  }

  public StdioConfiguration getConfiguration() {
    return configuration;
  }

  @Override
  public Producer createProducer() {
    return new StdioProducer(this, component.getConnections());
  }

  @Override
  public McpConnector connector() {
    Duration patience = Duration.ofMillis(configuration.getCloseWait());
    return Conversation.over(component.processes().opener(patience));
  }

  @Override
  public ConnectionOptions connectionOptions() {
    return configuration.options(server);
  }

  @Override
  protected ConnectionTarget configuredTarget() {
    return configuration.target();
  }

  @Override
  protected void doStop() throws Exception {
    component.getConnections().release(this);
    super.doStop();
  }
}
