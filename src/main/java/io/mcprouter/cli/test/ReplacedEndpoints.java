package io.mcprouter.cli.test;

import io.mcprouter.integration.server.RoutesEndpoint;
import io.mcprouter.transport.spi.McpConnections;
import io.mcprouter.transport.spi.McpEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.EndpointStrategy;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.util.StringHelper;

/**
 * Puts other endpoints in the place of those that a test cannot have: stubs in that of servers, and
 * what the file says in that of brokers and the like. What is neither replaced nor known to stay
 * within the router is refused, so that no test reaches anything real.
 *
 * <p>The lock of {@code refused} guards it; endpoints are made on any thread.
 */
public final class ReplacedEndpoints implements EndpointStrategy {
  private static final Pattern WITHIN =
      Pattern.compile(
          "direct|seda|mock|log|bean|class|language|timer|controlbus|dataformat|ref|stub|validator"
              + "|json-validator|xslt|caffeine-.+|mcp-.+");

  private final CamelContext camel;
  private final TestFile file;
  private final Set<String> replacements;
  private final Stubs stubs;
  private final McpConnections connections;
  private final Set<String> used = ConcurrentHashMap.newKeySet();
  private final List<String> refused = new ArrayList<>();

  /**
   * @param file says what is replaced, by patterns as Camel knows them: a URI, one that ends in
   *     {@code *}, or a regular expression; options of an endpoint count only where the pattern has
   *     any
   * @param connections the router's sessions
   */
  public ReplacedEndpoints(
      CamelContext camel, TestFile file, Stubs stubs, McpConnections connections) {
    this.camel = camel;
    this.file = file;
    this.replacements =
        file.replace().values().stream()
            .map(by -> EndpointHelper.resolveEndpointUriPropertyPlaceholders(camel, by.uri()))
            .map(EndpointHelper::normalizeEndpointUri)
            .collect(Collectors.toUnmodifiableSet());
    this.stubs = stubs;
    this.connections = connections;
  }

  /**
   * Gives what stands for the endpoint.
   *
   * @throws IllegalArgumentException where the test would reach something real
   */
  @Override
  public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
    if (endpoint instanceof McpEndpoint server && stubs.has(server.server())) {
      return new StubEndpoint(server, stubs, connections);
    }
    if (replacements.contains(uri)) {
      return endpoint; // else a pattern that fits it as well would replace it without an end
    }
    for (Map.Entry<String, TestFile.Replacement> each : file.replace().entrySet()) {
      if (matches(uri, each.getKey())) {
        used.add(each.getKey());
        return camel.getEndpoint(each.getValue().uri());
      }
    }
    if (!isWithin(uri, endpoint)) {
      throw refuse(uri, endpoint);
    }
    return endpoint;
  }

  private boolean matches(String uri, String pattern) {
    String compared = pattern.contains("?") ? uri : uri.replaceFirst("\\?.*", "");
    return EndpointHelper.matchEndpoint(camel, compared, pattern);
  }

  private boolean isWithin(String uri, Endpoint endpoint) {
    if (endpoint instanceof McpEndpoint) {
      return endpoint instanceof RoutesEndpoint;
    }
    String scheme = StringHelper.before(uri, ":", uri);
    return WITHIN.matcher(scheme).matches() || file.allow().contains(scheme);
  }

  /** Options and who logs in stay out of the message: there may be secrets among them. */
  private IllegalArgumentException refuse(String uri, Endpoint endpoint) {
    String path =
        StringHelper.before(uri, "?", uri)
            .replaceAll("//[^/]*@", "//")
            .replaceFirst("^(?!https?:)([^:]+)://", "$1:");
    String advice =
        endpoint instanceof McpEndpoint server
            ? "write a stub '" + server.server() + "'"
            : "replace it";
    String what = "the test would reach " + path + "; " + advice;
    synchronized (refused) {
      refused.add(what);
    }
    return new IllegalArgumentException(what);
  }

  /** What was refused since this was asked before. */
  public List<String> takeRefused() {
    synchronized (refused) {
      List<String> taken = refused.stream().distinct().toList();
      refused.clear();
      return taken;
    }
  }

  /** Whether an endpoint came for which the file has a replacement under this pattern. */
  boolean isUsed(String pattern) {
    return used.contains(pattern);
  }
}
