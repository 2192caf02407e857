package io.mcprouter.integration.rest;

import io.mcprouter.integration.McpToolException;
import java.io.IOException;
import java.net.URI;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * Sends what the message says (method, path, query, body, and the headers that steps have set) to
 * the service with Camel's HTTP component, and makes its answer the tool's. The service is that of
 * the option; nothing in a message chooses another, and no redirect is followed.
 */
final class OpenApiProducer extends DefaultProducer {
  /** A bridge takes no address of a header, and keeps no cookie, which would be another user's. */
  private static final String OPTIONS =
      "bridgeEndpoint=true&throwExceptionOnFailure=false&disableStreamCache=true&followRedirects=false";

  private final OpenApiEndpoint endpoint;
  private @Nullable Producer http;

  OpenApiProducer(OpenApiEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    Endpoint service = endpoint.getCamelContext().getEndpoint(url() + "?" + OPTIONS);
    http = service.createAsyncProducer();
    ServiceHelper.initService(http);
  }

  private String url() {
    String url = endpoint.getConfiguration().getUrl();
    URI parsed = url == null ? null : URI.create(url);
    if (parsed == null
        || parsed.getHost() == null
        || !String.valueOf(parsed.getScheme()).matches("https?")
        || parsed.getRawQuery() != null
        || parsed.getRawUserInfo() != null
        || parsed.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "mcp-openapi:"
              + endpoint.getServer()
              + " in a 'to' needs the option url: http or https, a host and a path, and nothing behind");
    }
    return parsed.toString();
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    ServiceHelper.startService(http);
  }

  @Override
  protected void doStop() throws Exception {
    ServiceHelper.stopService(http);
    super.doStop();
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    Producer service = http;
    if (service == null) {
      throw new IllegalStateException("not started");
    }
    try {
      service.process(exchange);
      new ServiceAnswer(exchange.getMessage(), endpoint.getConfiguration().getMaxBytes()).take();
    } catch (IOException e) {
      throw new McpToolException("The service behind this tool cannot be reached; try later", e);
    }
  }
}
