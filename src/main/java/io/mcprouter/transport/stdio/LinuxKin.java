package io.mcprouter.transport.stdio;

import io.mcprouter.transport.stdio.ProcessTable.Entry;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Finds a child's processes in {@code /proc}: its group, their descendants, and whatever carries
 * its marker, which also finds those that left the group and lost their parent.
 */
final class LinuxKin implements ProcessTree.Kin {
  private final ProcessTable table;
  private final String marker;
  private boolean group = true;

  /**
   * @param marker stands in the child's environment and in that of no other child
   */
  LinuxKin(ProcessTable table, String marker) {
    this.table = table;
    this.marker = marker;
  }

  @Override
  public synchronized boolean hasGroup() {
    return group;
  }

  @Override
  public synchronized Set<Long> alive(Process root) {
    Set<Long> found = new HashSet<>();
    boolean member = root.isAlive();
    if (member) {
      found.add(root.pid());
    }
    Map<Long, Entry> processes = table.look();
    for (Entry process : processes.values()) {
      boolean inGroup = group && process.group() == root.pid();
      member |= inGroup;
      if (inGroup || process.marker().equals(marker)) {
        found.add(process.pid());
      }
    }
    group = member; // an empty group's number may be given to another: never look at it again
    addDescendants(found, processes);
    return found;
  }

  private static void addDescendants(Set<Long> found, Map<Long, Entry> processes) {
    boolean grown = !found.isEmpty();
    while (grown) {
      grown = false;
      for (Entry process : processes.values()) {
        if (found.contains(process.parent())) {
          grown |= found.add(process.pid());
        }
      }
    }
  }
}
