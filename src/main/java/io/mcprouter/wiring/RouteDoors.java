package io.mcprouter.wiring;

import io.mcprouter.integration.server.RouteServers;
import io.mcprouter.routing.files.Doors;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Calls of tools, resources and prompts wait while the route that serves them is replaced. */
final class RouteDoors implements Doors {
  private static final Duration STEP = Duration.ofMillis(5);

  private final RouteServers servers;

  RouteDoors(RouteServers servers) {
    this.servers = servers;
  }

  @Override
  public Closed close(Set<String> routeIds) {
    RouteServers.Hold hold = servers.hold(routeIds);
    return new Closed() {
      @Override
      public void awaitIdle(Duration limit) throws InterruptedException {
        long giveUp = System.nanoTime() + limit.toNanos();
        while (!hold.isIdle() && System.nanoTime() - giveUp < 0) {
          LockSupport.parkNanos(STEP.toNanos());
          if (Thread.interrupted()) {
            throw new InterruptedException("while calls were awaited");
          }
        }
      }

      @Override
      public void close() {
        hold.close();
      }
    };
  }
}
