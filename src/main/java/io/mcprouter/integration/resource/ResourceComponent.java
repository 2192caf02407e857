package io.mcprouter.integration.resource;

import io.mcprouter.integration.server.RouteServers;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.util.PropertiesHelper;

/** Makes routes resources of MCP servers, and announces their updates. */
@Component(ResourceConstants.SCHEME)
public final class ResourceComponent extends DefaultComponent {
  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    ResourceConfiguration options = new ResourceConfiguration();
    options.setVariables(PropertiesHelper.extractProperties(parameters, "variable."));
    Endpoint endpoint =
        new ResourceEndpoint(uri, this, remaining, options, RouteServers.of(getCamelContext()));
    setProperties(endpoint, parameters);
    return endpoint;
  }
}
