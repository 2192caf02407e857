package io.mcprouter.routing;

import io.mcprouter.config.ServerName;
import io.mcprouter.config.ServerSet;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  private final Function<String, @Nullable RunningServer> ofUsers;
  private final Set<String> taken;

  RunningServers(ServerSet set, Map<String, RunningServer> running, Map<String, String> failed) {
    this(set, running, failed, name -> null);
  }

  /**
   * @param ofUsers finds the servers that users added, by the router's own names; of these, the
   *     moment is always now
   */
  RunningServers(
      ServerSet set,
      Map<String, RunningServer> running,
      Map<String, String> failed,
      Function<String, @Nullable RunningServer> ofUsers) {
    this.ofUsers = ofUsers;
    this.set = set;
    this.running = Collections.unmodifiableMap(new LinkedHashMap<>(running));
    this.byRoute =
        running.values().stream()
            .flatMap(server -> server.routeIds().stream().map(id -> Map.entry(id, server)))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    this.failed = Collections.unmodifiableMap(new LinkedHashMap<>(failed));
    this.taken =
        Stream.concat(running.keySet().stream(), failed.keySet().stream())
            .map(ServerName::collisionKey)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** The set that these servers were made from. */
  public ServerSet set() {
    return set;
  }

  /** The servers of the file. */
  public Collection<RunningServer> all() {
    return running.values();
  }

  /** A server of the file, or one that a user added, by the router's own name. */
  public @Nullable RunningServer find(String name) {
    RunningServer found = running.get(name);
    return found == null ? ofUsers.apply(name) : found;
  }

  /** A server of the file, which all users know. */
  public @Nullable RunningServer ofFile(String name) {
    return running.get(name);
  }

  /** Whether the file has a server, usable or not, that no other of this name can stand beside. */
  public boolean isTaken(String name) {
    return taken.contains(ServerName.collisionKey(name));
  }

  @Nullable RunningServer findByRoute(String routeId) {
    return byRoute.get(routeId);
  }

  /** Why entries of the file do not run as they stand, by name. */
  public Map<String, String> failed() {
    return failed;
  }

  /** The entries among those that failed which go on as they were before. */
  public Set<String> former() {
    return failed.keySet().stream()
        .filter(running::containsKey)
        .collect(Collectors.toUnmodifiableSet());
  }
}
