package io.mcprouter.routing;

import java.util.Set;

/** Hears that servers were added, edited or removed; the new servers run already. */
@FunctionalInterface
public interface ServerChanges {
  /**
   * The servers changed, or, where all sets are empty, toolsets or route templates alone.
   *
   * @param added names that were not there before
   * @param changed names whose entry was edited
   * @param removed names that are gone
   */
  void changed(Set<String> added, Set<String> changed, Set<String> removed);

  /**
   * A user added, replaced or removed servers of their own.
   *
   * @param user the user's key
   * @param added the router's own names of them, as all others
   */
  default void changed(String user, Set<String> added, Set<String> changed, Set<String> removed) {
    changed(added, changed, removed);
  }

  /** The last call of a removed server's route has ended: it can open nothing any more. */
  default void retired(String server) {}
}
