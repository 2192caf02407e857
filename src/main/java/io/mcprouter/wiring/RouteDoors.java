package io.mcprouter.wiring;

import io.mcprouter.integration.server.RouteServers;
import io.mcprouter.routing.files.Doors;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.spi.InflightRepository;

/** Calls of tools, resources and prompts wait while the route that serves them is replaced. */
final class RouteDoors implements Doors {
  private static final Set<String> SERVING = Set.of("mcp-tool", "mcp-resource", "mcp-prompt");
  private static final Duration STEP = Duration.ofMillis(5);

  private final CamelContext camel;
  private final RouteServers servers;

  RouteDoors(CamelContext camel, RouteServers servers) {
    this.camel = camel;
    this.servers = servers;
  }

  @Override
  public Closed close(Set<String> routeIds) {
    List<String> serving = routeIds.stream().filter(this::isServing).toList();
    RouteServers.Hold hold = servers.hold(serving);
    return new Closed() {
      @Override
      public void awaitIdle(Duration limit) throws InterruptedException {
        long giveUp = System.nanoTime() + limit.toNanos();
        while (!isIdle(serving) && System.nanoTime() - giveUp < 0) {
          Thread.sleep(STEP);
        }
      }

      @Override
      public void close() {
        hold.close();
      }
    };
  }

  private boolean isServing(String routeId) {
    Route route = camel.getRoute(routeId);
    String uri = route == null ? "" : route.getEndpoint().getEndpointUri();
    return SERVING.contains(uri.substring(0, Math.max(0, uri.indexOf(':'))));
  }

  private boolean isIdle(List<String> routeIds) {
    InflightRepository inflight = camel.getInflightRepository();
    return routeIds.stream().allMatch(id -> inflight.size(id) == 0);
  }
}
