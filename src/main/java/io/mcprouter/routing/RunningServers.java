package io.mcprouter.routing;

import io.mcprouter.config.ServerSet;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The servers at one moment, in the order of the file: those that run, and why the others do not.
 */
public final class RunningServers {
  static final RunningServers NONE = new RunningServers(ServerSet.EMPTY, Map.of(), Map.of());

  private final ServerSet set;
  private final Map<String, RunningServer> running;
  private final Map<String, RunningServer> byRoute;
  private final Map<String, String> failed;

  RunningServers(ServerSet set, Map<String, RunningServer> running, Map<String, String> failed) {
    this.set = set;
    this.running = Collections.unmodifiableMap(new LinkedHashMap<>(running));
    this.byRoute =
        running.values().stream()
            .collect(Collectors.toMap(RunningServer::routeId, Function.identity()));
    this.failed = Collections.unmodifiableMap(new LinkedHashMap<>(failed));
  }

  /** The set that these servers were made from. */
  public ServerSet set() {
    return set;
  }

  public Collection<RunningServer> all() {
    return running.values();
  }

  public @Nullable RunningServer find(String name) {
    return running.get(name);
  }

  @Nullable RunningServer findByRoute(String routeId) {
    return byRoute.get(routeId);
  }

  /** Why entries of the file do not run, by name. */
  public Map<String, String> failed() {
    return failed;
  }
}
