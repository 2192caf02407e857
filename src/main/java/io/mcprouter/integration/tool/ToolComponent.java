package io.mcprouter.integration.tool;

import io.mcprouter.integration.server.RouteServers;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.util.PropertiesHelper;

/** Makes routes tools of MCP servers. */
@Component(ToolConstants.SCHEME)
public final class ToolComponent extends DefaultComponent {
  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    ToolConfiguration options = new ToolConfiguration(new ToolTerms());
    options.setParameters(PropertiesHelper.extractProperties(parameters, "parameter."));
    options.setOutputParameters(PropertiesHelper.extractProperties(parameters, "outputParameter."));
    options.getTerms().setAccess(PropertiesHelper.extractProperties(parameters, "access."));
    Endpoint endpoint =
        new ToolEndpoint(uri, this, remaining, options, RouteServers.of(getCamelContext()));
    setProperties(endpoint, parameters);
    return endpoint;
  }
}
