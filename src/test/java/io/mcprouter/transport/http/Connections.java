package io.mcprouter.transport.http;

import io.mcprouter.transport.spi.ConnectionListener;
import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.McpConnection;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;

/** Connections as sessions open them. */
final class Connections {
  private Connections() {}

  static McpConnection open(CamelContext context, String uri) throws Exception {
    return open(context, uri, "{}", ConnectionListener.NONE);
  }

  static McpConnection open(
      CamelContext context, String uri, String capabilities, ConnectionListener listener)
      throws Exception {
    HttpEndpoint endpoint = context.getEndpoint(uri, HttpEndpoint.class);
    ConnectionOptions options = endpoint.connectionOptions().withCapabilities(capabilities);
    return endpoint
        .connector()
        .open(endpoint.configuredTarget(), options, listener)
        .get(20, TimeUnit.SECONDS);
  }
}
