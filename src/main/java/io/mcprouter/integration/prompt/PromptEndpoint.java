package io.mcprouter.integration.prompt;

import io.mcprouter.integration.server.RouteConsumer;
import io.mcprouter.integration.server.RouteItem;
import io.mcprouter.integration.server.RouteServers;
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

/** Make a route a prompt that MCP clients can ask for. */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = PromptConstants.SCHEME,
    title = "MCP Prompt",
    syntax = "mcp-prompt:name",
    consumerOnly = true,
    remote = false,
    category = {Category.AI},
    headersClass = PromptConstants.class)
public final class PromptEndpoint extends DefaultEndpoint {
  @UriPath(description = "The prompt's name")
  @Metadata(required = true)
  private final String name;

  @UriParam private final PromptConfiguration configuration;

  private final RouteServers servers;

  PromptEndpoint(
      String uri,
      Component component,
      String name,
      PromptConfiguration configuration,
      RouteServers servers) {
    super(uri, component);
    this.name = name;
    this.configuration = configuration;
    this.servers = servers;
  }

  public String getName() {
    return name;
  }

  public PromptConfiguration getConfiguration() {
    return configuration;
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    RouteConsumer consumer =
        new RouteConsumer(this, processor, servers, configuration.getServer()) {
          @Override
          protected List<RouteItem> items() {
            return List.of(new Prompt(PromptEndpoint.this, this, servers.disclosure()));
          }
        };
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException(
        getEndpointUri() + " is a prompt: use it in a 'from', and ask for prompts with mcp-call");
  }
}
