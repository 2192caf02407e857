package io.mcprouter.transport.stdio;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The living processes as {@code /proc} shows them. One look serves all who asked before it began,
 * so that many children that end together do not each walk through the whole system.
 */
final class ProcessTable {
  private static final Path PROC = Path.of("/proc");

  private final String variable;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile long looksBegun;
  private Map<Long, Entry> latest = Map.of();

  /**
   * @param variable name of the environment variable that holds a child's marker
   */
  ProcessTable(String variable) {
    this.variable = variable + "=";
  }

  /** The processes by their ids, as they were at some moment after this was called. */
  Map<Long, Entry> look() {
    long sinceThen = looksBegun + 1;
    looking.lock();
    try {
      if (looksBegun < sinceThen) {
        looksBegun = sinceThen;
        latest = read();
      }
      return latest;
    } finally {
      looking.unlock();
    }
  }

  private Map<Long, Entry> read() {
    Map<Long, Entry> table = new HashMap<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        Entry entry = entry(process);
        if (entry != null) {
          table.put(entry.pid, entry);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new IllegalStateException("/proc cannot be read", e);
    }
    return Map.copyOf(table);
  }

  /** Reads {@code pid (name) state parent group ...}; null for a process that has ended. */
  private @Nullable Entry entry(Path process) {
    try {
      String text = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", 4);
      if (fields[0].equals("Z") || fields[0].equals("X")) {
        return null;
      }
      return new Entry(
          Long.parseLong(process.getFileName().toString()),
          Long.parseLong(fields[1]),
          Long.parseLong(fields[2]),
          marker(process));
    } catch (IOException endedMeanwhile) {
      return null;
    }
  }

  /** The marker in the environment of a process; empty where there is none or it is not ours. */
  private String marker(Path process) {
    String environment;
    try {
      environment = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException foreign) {
      return "";
    }
    int from = environment.startsWith(variable) ? 0 : environment.indexOf("\0" + variable) + 1;
    if (from == 0 && !environment.startsWith(variable)) {
      return "";
    }
    int to = environment.indexOf('\0', from);
    return environment.substring(from + variable.length(), to < 0 ? environment.length() : to);
  }

  /**
   * A living process.
   *
   * @param marker the marker in its environment, or empty
   */
  record Entry(long pid, long parent, long group, String marker) {}
}
