package io.mcprouter.integration.tool;

import io.mcprouter.integration.server.RouteServers;
import org.apache.camel.Category;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Make a route a tool that MCP clients can call. */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = ToolConstants.SCHEME,
    title = "MCP Tool",
    syntax = "mcp-tool:name",
    consumerOnly = true,
    remote = false,
    category = {Category.AI},
    headersClass = ToolConstants.class)
public final class ToolEndpoint extends DefaultEndpoint {
  @UriPath(description = "The tool's name, 1 to 128 of A-Z, a-z, 0-9, '_', '-' and '.'")
  @Metadata(required = true)
  private final String name;

  @UriParam private final ToolConfiguration configuration;

  @UriParam private final ToolTerms terms;

  private final RouteServers servers;

  ToolEndpoint(
      String uri,
      Component component,
      String name,
      ToolConfiguration configuration,
      RouteServers servers) {
    super(uri, component);
    this.name = name;
    this.configuration = configuration;
    this.terms = configuration.getTerms();
    this.servers = servers;
  }

  public String getName() {
    return name;
  }

  public ToolConfiguration getConfiguration() {
    return configuration;
  }

  public ToolTerms getTerms() {
    return terms;
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    ToolConsumer consumer = new ToolConsumer(this, processor, servers);
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException(
        ToolConstants.SCHEME
            + ":"
            + name
            + " is a tool: use it in a 'from', and call tools with mcp-call");
  }
}
