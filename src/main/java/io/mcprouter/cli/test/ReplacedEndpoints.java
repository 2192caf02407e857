package io.mcprouter.cli.test;

import io.mcprouter.transport.spi.McpConnections;
import io.mcprouter.transport.spi.McpEndpoint;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.EndpointStrategy;
import org.apache.camel.support.EndpointHelper;

/**
 * Puts other endpoints in the place of those that a test cannot have: stubs in that of servers, and
 * what the file says in that of brokers and the like.
 */
public final class ReplacedEndpoints implements EndpointStrategy {
  private final CamelContext camel;
  private final Map<String, String> replace;
  private final Stubs stubs;
  private final McpConnections connections;

  /**
   * @param replace URIs by patterns as Camel knows them: a URI, one that ends in {@code *}, or a
   *     regular expression; options of an endpoint count only where the pattern has any
   * @param connections the router's sessions
   */
  public ReplacedEndpoints(
      CamelContext camel, Map<String, String> replace, Stubs stubs, McpConnections connections) {
    this.camel = camel;
    this.replace = replace;
    this.stubs = stubs;
    this.connections = connections;
  }

  @Override
  public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
    if (endpoint instanceof McpEndpoint server && stubs.has(server.server())) {
      return new StubEndpoint(server, stubs, connections);
    }
    for (Map.Entry<String, String> each : replace.entrySet()) {
      if (matches(uri, each.getKey())) {
        return camel.getEndpoint(each.getValue());
      }
    }
    return endpoint;
  }

  private boolean matches(String uri, String pattern) {
    String compared = pattern.contains("?") ? uri : uri.replaceFirst("\\?.*", "");
    return EndpointHelper.matchEndpoint(camel, compared, pattern);
  }
}
