package io.mcprouter.transport.stdio;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Finds a child's processes through the JDK alone, where there is no {@code /proc} or no {@code
 * setsid}: descendants, remembered from look to look, since they lose their parent when it ends.
 */
final class VisibleKin implements ProcessTree.Kin {
  private final Map<Long, ProcessHandle> seen = new HashMap<>();

  @Override
  public boolean hasGroup() {
    return false;
  }

  @Override
  public synchronized Set<Long> alive(Process root) {
    Map<Long, ProcessHandle> found = new HashMap<>();
    if (root.isAlive()) {
      found.put(root.pid(), root.toHandle());
      root.descendants().forEach(process -> found.put(process.pid(), process));
    }
    for (ProcessHandle before : seen.values()) {
      if (before.isAlive()) {
        found.put(before.pid(), before);
        before.descendants().forEach(process -> found.put(process.pid(), process));
      }
    }
    seen.clear();
    seen.putAll(found);
    return Set.copyOf(found.keySet());
  }
}
