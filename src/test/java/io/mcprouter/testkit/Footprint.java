package io.mcprouter.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this process holds at a moment.
 *
 * @param threads names of platform threads, without those that belong to the JVM or the test
 * @param files open file descriptors; 0 where the system does not show them
 * @param children process ids of all descendants
 */
public record Footprint(List<String> threads, int files, Set<Long> children) {
  /** Threads of the JVM, whose number follows the load of the last minute, and of the test. */
  private static final List<String> NOT_OURS =
      List.of("ForkJoinPool", "process reaper", "HttpClient-", "Keep-Alive-", "awaitility");

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  /** Counts now. */
  public static Footprint now() {
    return new Footprint(
        threadNames(),
        descriptors(),
        ProcessHandle.current()
            .descendants()
            .map(ProcessHandle::pid)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static List<String> threadNames() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(Objects::nonNull)
        .map(ThreadInfo::getThreadName)
        .filter(name -> NOT_OURS.stream().noneMatch(name::startsWith))
        .sorted()
        .toList();
  }

  private static int descriptors() {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return 0;
    }
    try (Stream<Path> open = Files.list(DESCRIPTORS)) {
      return (int) open.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether nothing is left over that was not there at the start. */
  public boolean isWithin(Footprint start) {
    return threads.size() <= start.threads.size()
        && files <= start.files
        && children.size() <= start.children.size();
  }
}
