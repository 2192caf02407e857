package io.mcprouter.cli.test;

import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.ConnectionTarget;
import io.mcprouter.transport.spi.InProcessTarget;
import io.mcprouter.transport.spi.McpConnections;
import io.mcprouter.transport.spi.McpConnector;
import io.mcprouter.transport.spi.McpEndpoint;
import io.mcprouter.transport.spi.McpProducer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Producer;

/** Stands where the endpoint of a transport does, and leads to a stub. */
final class StubEndpoint extends McpEndpoint {
  private static final Duration INIT_TIMEOUT = Duration.ofSeconds(10);

  private final Stubs stubs;
  private final McpConnections connections;

  /**
   * @param replaced the endpoint whose place it takes
   * @param connections the router's sessions, as for every transport
   */
  StubEndpoint(McpEndpoint replaced, Stubs stubs, McpConnections connections) {
    super(replaced.getEndpointUri(), replaced.getComponent(), replaced.server());
    this.stubs = stubs;
    this.connections = connections;
  }

  @Override
  public Producer createProducer() {
    return new StubProducer(this);
  }

  @Override
  public McpConnector connector() {
    return (target, options, listener) ->
        CompletableFuture.completedFuture(new StubConnection(server(), stubs, listener));
  }

  @Override
  public ConnectionOptions connectionOptions() {
    return ConnectionOptions.plain(server(), INIT_TIMEOUT, ConnectionOptions.Limits.DEFAULT);
  }

  @Override
  protected ConnectionTarget configuredTarget() {
    return new InProcessTarget();
  }

  private static final class StubProducer extends McpProducer {
    StubProducer(StubEndpoint endpoint) {
      super(endpoint, endpoint.connections);
    }
  }
}
