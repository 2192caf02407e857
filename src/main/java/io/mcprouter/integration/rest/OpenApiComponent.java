package io.mcprouter.integration.rest;

import io.mcprouter.integration.server.RouteServers;
import io.mcprouter.integration.tool.ToolTerms;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.util.PropertiesHelper;

/** Makes operations of OpenAPI documents tools of MCP servers. */
@Component(OpenApiConstants.SCHEME)
public final class OpenApiComponent extends DefaultComponent {
  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    OpenApiConfiguration options = new OpenApiConfiguration();
    ToolTerms terms = new ToolTerms();
    terms.setAccess(PropertiesHelper.extractProperties(parameters, "access."));
    Endpoint endpoint =
        new OpenApiEndpoint(
            uri, this, remaining, options, terms, RouteServers.of(getCamelContext()));
    setProperties(endpoint, parameters);
    return endpoint;
  }
}
