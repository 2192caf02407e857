package io.mcprouter.routing;

import io.mcprouter.config.ServerName;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The servers that one user added, at one moment, in the order of their names: those that run, and
 * why the others do not. Each moment has an object of its own, which is its own key.
 */
public final class OwnServers {
  public static final OwnServers NONE = new OwnServers(Map.of(), Map.of());

  private final Map<String, RunningServer> running;
  private final Map<String, String> failed;

  /**
   * @param running by the user's names
   * @param failed by the user's names
   */
  OwnServers(Map<String, RunningServer> running, Map<String, String> failed) {
    this.running = Collections.unmodifiableMap(new LinkedHashMap<>(running));
    this.failed = Map.copyOf(failed);
  }

  public boolean isEmpty() {
    return running.isEmpty();
  }

  public Collection<RunningServer> all() {
    return running.values();
  }

  /** A server by the user's name of it, or by the router's. */
  public @Nullable RunningServer find(String name) {
    RunningServer found = running.get(ServerName.shown(name));
    boolean isMeant = found != null && (!ServerName.isOfUser(name) || found.name().equals(name));
    return isMeant ? found : null;
  }

  /** Why a server does not run; null where it does, or is none. */
  public @Nullable String problem(String name) {
    return failed.get(name);
  }
}
