package io.mcprouter.integration.resource;

import io.mcprouter.integration.server.RouteConsumer;
import io.mcprouter.integration.server.RouteItem;
import io.mcprouter.integration.server.RouteServers;
import java.util.List;
import org.apache.camel.Category;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** Make a route a resource that MCP clients can read, or tell them that one is another now. */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = ResourceConstants.SCHEME,
    title = "MCP Resource",
    syntax = "mcp-resource:name",
    remote = false,
    category = {Category.AI},
    headersClass = ResourceConstants.class)
public final class ResourceEndpoint extends DefaultEndpoint {
  @UriPath(description = "The resource's name")
  @Metadata(required = true)
  private final String name;

  @UriParam private final ResourceConfiguration configuration;

  private final RouteServers servers;

  ResourceEndpoint(
      String uri,
      Component component,
      String name,
      ResourceConfiguration configuration,
      RouteServers servers) {
    super(uri, component);
    this.name = name;
    this.configuration = configuration;
    this.servers = servers;
  }

  public String getName() {
    return name;
  }

  public ResourceConfiguration getConfiguration() {
    return configuration;
  }

  /** The URI, or the template, as the options say or as the name gives it. */
  UriVariables address() {
    String uri = configuration.getUri();
    return UriVariables.of(uri == null ? configuration.getServer() + "://" + name : uri);
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    RouteConsumer consumer =
        new RouteConsumer(this, processor, servers, configuration.getServer()) {
          @Override
          protected List<RouteItem> items() {
            return List.of(new Resource(ResourceEndpoint.this, this, servers.disclosure()));
          }
        };
    configureConsumer(consumer);
    return consumer;
  }

  /** Announces an update; the exchange's message stays as it is. */
  @Override
  public Producer createProducer() {
    return new DefaultProducer(this) {
      @Override
      public void process(Exchange exchange) {
        servers.updated(configuration.getServer(), uri(exchange));
      }
    };
  }

  private String uri(Exchange exchange) {
    String named = exchange.getMessage().getHeader(ResourceConstants.RESOURCE, String.class);
    return named == null ? ownUri().expand(exchange.getMessage().getHeaders()) : named;
  }

  /** That of the options, else that of the route which serves the resource of this name. */
  private UriVariables ownUri() {
    String served =
        configuration.getUri() == null
            ? servers.resourceUri(configuration.getServer(), name)
            : null;
    return served == null ? address() : UriVariables.of(served);
  }
}
