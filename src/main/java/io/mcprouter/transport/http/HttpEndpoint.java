package io.mcprouter.transport.http;

import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.ConnectionTarget;
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

/** Call an MCP server over streamable HTTP (revisions 2025-03-26 to 2025-11-25). */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = HttpConstants.SCHEME,
    title = "MCP Streamable HTTP",
    syntax = "mcp-http:server",
    producerOnly = true,
    remote = true,
    category = {Category.AI, Category.HTTP},
    headersClass = HttpConstants.class)
public final class HttpEndpoint extends McpEndpoint {
  private static final List<String> SCHEMES = List.of("http", "https");

  @UriPath(description = "The server's name, percent-encoded where needed")
  @Metadata(required = true)
  private final String server;

  @UriParam private final HttpConfiguration configuration;

  private final HttpComponent component;

  HttpEndpoint(
      String uri, HttpComponent component, String server, HttpConfiguration configuration) {
    super(uri, component, server);
    this.component = component;
    this.server = server;
    this.configuration = configuration;
  }

  public String getServer() {
    return server;
  }

  public HttpConfiguration getConfiguration() {
    return configuration;
  }

  @Override
  public Producer createProducer() {
    return new HttpProducer(this, component.getConnections());
  }

  @Override
  public McpConnector connector() {
    return new HttpConnector(component, configuration);
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
    // the component's clients may be closed next: the end of the session must be said before
    component.getConnections().release(this).exceptionally(failed -> null).join();
    super.doStop();
  }
}
