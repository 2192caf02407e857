package io.mcprouter.wiring;

import io.mcprouter.config.ServerSet;
import io.mcprouter.routing.RunningServers;
import java.util.Set;
import java.util.TreeSet;

/**
 * What became of the servers file, in numbers.
 *
 * @param servers the entries that run, also those that go on as they were
 * @param former the entries that are wrong and go on as they were
 * @param failed the entries of which nothing runs
 */
record ReadServers(int servers, int former, int failed) {
  static ReadServers of(ServerSet read, RunningServers now) {
    Set<String> running = new TreeSet<>(read.servers().keySet());
    running.removeIf(name -> now.ofFile(name) == null);
    Set<String> former = new TreeSet<>(running);
    former.retainAll(now.former());
    return new ReadServers(
        running.size(),
        former.size(),
        read.servers().size() - running.size() + read.failed().size());
  }

  @Override
  public String toString() {
    String goOn =
        switch (former) {
          case 0 -> "";
          case 1 -> ", 1 goes on as it was";
          default -> ", " + former + " go on as they were";
        };
    String failures = failed == 0 && former > 0 ? "" : ", " + failed + " failed";
    return servers + (servers == 1 ? " server" : " servers") + goOn + failures;
  }
}
