package io.mcprouter.integration.rest;

import io.mcprouter.integration.server.RouteConsumer;
import io.mcprouter.integration.server.RouteItem;
import io.mcprouter.integration.server.RouteServers;
import io.mcprouter.integration.tool.Tool;
import io.mcprouter.integration.tool.ToolConfiguration;
import io.mcprouter.integration.tool.ToolTerms;
import java.util.List;
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

/** Make the operations of an HTTP API tools that MCP clients can call, and call it. */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = OpenApiConstants.SCHEME,
    title = "MCP OpenAPI",
    syntax = "mcp-openapi:server",
    category = {Category.AI, Category.HTTP},
    headersClass = OpenApiConstants.class)
public final class OpenApiEndpoint extends DefaultEndpoint {
  @UriPath(description = "The MCP server that the tools belong to")
  @Metadata(required = true)
  private final String server;

  @UriParam private final OpenApiConfiguration configuration;

  @UriParam private final ToolTerms terms;

  private final RouteServers servers;

  OpenApiEndpoint(
      String uri,
      Component component,
      String server,
      OpenApiConfiguration configuration,
      ToolTerms terms,
      RouteServers servers) {
    super(uri, component);
    this.server = server;
    this.configuration = configuration;
    this.terms = terms;
    this.servers = servers;
  }

  public String getServer() {
    return server;
  }

  public OpenApiConfiguration getConfiguration() {
    return configuration;
  }

  public ToolTerms getTerms() {
    return terms;
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    RouteConsumer consumer =
        new RouteConsumer(this, processor, servers, server) {
          @Override
          protected List<RouteItem> items() {
            return tools(this);
          }
        };
    configureConsumer(consumer);
    return consumer;
  }

  private List<RouteItem> tools(RouteConsumer consumer) {
    return OpenApiDocument.read(getCamelContext(), configuration)
        .operations(configuration.getOperations())
        .stream()
        .<RouteItem>map(operation -> tool(operation, consumer))
        .toList();
  }

  private Tool tool(Operation operation, RouteConsumer consumer) {
    ToolConfiguration options = configuration.tool(terms);
    operation.describe(options);
    return Tool.of(operation.name(), options, consumer, servers.disclosure(), operation::request);
  }

  @Override
  public Producer createProducer() {
    return new OpenApiProducer(this);
  }
}
