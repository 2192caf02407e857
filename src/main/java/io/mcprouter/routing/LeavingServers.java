package io.mcprouter.routing;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Servers that take no more calls, and whose routes are removed behind their last one. */
final class LeavingServers {
  private static final Logger LOG = LoggerFactory.getLogger(LeavingServers.class);
  private static final Duration STEP = Duration.ofMillis(20);

  private final RouteCompiler compiler;
  private final Consumer<String> gone;
  private final Map<String, RunningServer> byRoute = new ConcurrentHashMap<>();

  /**
   * @param gone is told the name of a server whose route was removed
   */
  LeavingServers(RouteCompiler compiler, Consumer<String> gone) {
    this.compiler = compiler;
    this.gone = gone;
  }

  void begin(RunningServer old) {
    old.routeIds().forEach(id -> byRoute.put(id, old));
    old.retire();
    Thread.ofVirtual().name("mcp-drain-" + old.name()).start(() -> drain(old));
  }

  boolean isEmpty() {
    return byRoute.isEmpty();
  }

  @Nullable RunningServer find(String routeId) {
    return byRoute.get(routeId);
  }

  private void drain(RunningServer old) {
    long giveUp = System.nanoTime() + old.definition().router().maxTimeout().toNanos();
    while (!old.isIdle() && System.nanoTime() - giveUp < 0) {
      LockSupport.parkNanos(STEP.toNanos());
    }
    try {
      compiler.remove(old);
    } catch (Exception e) {
      LOG.warn(
          "Server '{}': its old routes {} could not be removed", old.name(), old.routeIds(), e);
    } finally {
      compiler.removeTarget(old.definition());
      byRoute.keySet().removeAll(old.routeIds());
      gone.accept(old.name());
    }
  }
}
