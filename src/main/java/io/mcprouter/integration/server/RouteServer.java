package io.mcprouter.integration.server;

import io.mcprouter.catalog.ListKind;
import io.mcprouter.integration.server.RouteServers.Surroundings;
import io.mcprouter.protocol.Messages;
import io.mcprouter.transport.spi.ConnectionListener;
import io.mcprouter.transport.spi.ConnectionOptions;
import io.mcprouter.transport.spi.ConnectionTarget;
import io.mcprouter.transport.spi.McpConnection;
import io.mcprouter.transport.spi.McpConnector;
import io.mcprouter.transport.spi.McpFailure;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An MCP server that is made of the routes which name it. */
final class RouteServer implements McpConnector {
  private static final Logger LOG = LoggerFactory.getLogger(RouteServer.class);

  /**
   * How long an interrupted step may take to end before it counts as one that cannot be stopped.
   */
  private static final long PATIENCE_SECONDS = 3;

  private final String name;
  private final Surroundings surroundings;
  private final Map<ListKind, RouteItems> items = new EnumMap<>(ListKind.class);
  private final Set<RoutesConnection> connections = ConcurrentHashMap.newKeySet();

  RouteServer(String name, Surroundings surroundings) {
    this.name = name;
    this.surroundings = surroundings;
    for (ListKind kind : ListKind.values()) {
      items.put(kind, new RouteItems());
    }
  }

  String name() {
    return name;
  }

  RouteItems items(ListKind kind) {
    return Objects.requireNonNull(items.get(kind));
  }

  /** What lists of all kinds show. */
  List<RouteItem> shown() {
    return Arrays.stream(ListKind.values()).flatMap(kind -> items(kind).shown().stream()).toList();
  }

  @Override
  public CompletableFuture<McpConnection> open(
      ConnectionTarget target, ConnectionOptions options, ConnectionListener listener) {
    RoutesConnection connection = new RoutesConnection(this, options, listener);
    connections.add(connection);
    return CompletableFuture.completedFuture(connection);
  }

  void closed(RoutesConnection connection) {
    connections.remove(connection);
  }

  /** Tells everybody who is connected. */
  void changed(ListKind kind) {
    byte[] message = Messages.notification(kind.changedNotification(), null);
    connections.forEach(connection -> connection.tell(message));
  }

  /** Tells those who subscribed to it that a resource is another now. */
  void updated(String uri) {
    connections.forEach(connection -> connection.updated(uri));
  }

  /** Runs an action later, unless it is called off. */
  Runnable later(long delayMillis, Runnable action) {
    var due = surroundings.timer().schedule(action, delayMillis, TimeUnit.MILLISECONDS);
    return () -> due.cancel(false);
  }

  /** Stops a call's route, and looks whether it obeys. */
  void stop(RunningCall call, String item, McpFailure reason) {
    LOG.debug("Server '{}': {} is stopped: {}", name, item, reason.getMessage());
    Collection<Step> interrupted = call.stop();
    if (!interrupted.isEmpty()) {
      later(
          TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS),
          () -> interrupted.stream().filter(call::isIn).forEach(this::unstoppable));
    }
  }

  private void unstoppable(Step step) {
    LOG.warn(
        "Server '{}': step '{}' of route '{}' goes on {} s after its call was stopped: it ignores the interruption of its thread '{}'",
        name,
        step.id(),
        step.routeId(),
        PATIENCE_SECONDS,
        step.thread().getName());
    surroundings.observer().unstoppable(name, step.routeId(), step.id());
  }
}
