package io.mcprouter.integration.prompt;

import io.mcprouter.integration.server.RouteServers;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.util.PropertiesHelper;

/** Makes routes prompts of MCP servers. */
@Component(PromptConstants.SCHEME)
public final class PromptComponent extends DefaultComponent {
  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    PromptConfiguration options = new PromptConfiguration();
    options.setArguments(PropertiesHelper.extractProperties(parameters, "argument."));
    Endpoint endpoint =
        new PromptEndpoint(uri, this, remaining, options, RouteServers.of(getCamelContext()));
    setProperties(endpoint, parameters);
    return endpoint;
  }
}
