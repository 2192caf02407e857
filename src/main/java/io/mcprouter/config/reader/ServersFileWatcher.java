package io.mcprouter.config.reader;

import io.mcprouter.config.Fault;
import io.mcprouter.config.McpServersFile;
import io.mcprouter.config.ServerSet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a servers file again whenever its content changes, however that comes about: written in
 * place, replaced by an editor, or swapped behind a symbolic link, as Kubernetes does. It runs on
 * one virtual thread, on which the listener is called too.
 *
 * <p>An entry that has become wrong keeps the definition it had; a file that is wrong as a whole
 * keeps the whole set.
 */
public final class ServersFileWatcher implements AutoCloseable {
  /** How often the content is looked at, whatever the system tells of changes. */
  public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(2);

  /** A file counts as written when nothing has happened for so long. */
  private static final Duration QUIET = Duration.ofMillis(100);

  /** How many times a file may be found changing again before it is read all the same. */
  private static final int MAX_QUIET_WAITS = 50;

  private static final byte[] MISSING = new byte[0];

  private final Path file;
  private final McpServersReader reader;
  private final Listener listener;
  private final Duration interval;
  private final DirectoryEvents events;
  private byte[] content = MISSING;
  private volatile ServerSet current = ServerSet.EMPTY;
  private @Nullable Thread thread;

  /** Is told of changes, one at a time. */
  public interface Listener {
    /** There is a new set; entries that became wrong are in it as they were before. */
    void changed(ServerSet next);

    /** The file is wrong as a whole, and the former set goes on. */
    void refused(List<Fault> faults);
  }

  public ServersFileWatcher(Path file, McpServersReader reader, Listener listener) {
    this(file, reader, listener, DEFAULT_INTERVAL);
  }

  /**
   * @param interval how often to look at the content, more than zero
   */
  public ServersFileWatcher(
      Path file, McpServersReader reader, Listener listener, Duration interval) {
    this.file = file;
    this.reader = reader;
    this.listener = listener;
    this.interval = interval;
    this.events = new DirectoryEvents(directory(file));
  }

  private static Path directory(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    return directory == null ? file.toAbsolutePath() : directory;
  }

  /**
   * Reads the file for the first time and begins to watch it. The listener is not told of this
   * first reading.
   *
   * @throws IllegalStateException if called a second time
   */
  public synchronized McpServersFile start() {
    if (thread != null) {
      throw new IllegalStateException("the watcher of " + file + " has been started already");
    }
    content = content();
    McpServersFile first = read(content);
    if (first instanceof McpServersFile.Accepted accepted) {
      current = accepted.servers();
    }
    thread = Thread.ofVirtual().name("watch " + file.getFileName()).start(this::watch);
    return first;
  }

  /** The set that is in force; the empty one until the file was right for the first time. */
  public ServerSet current() {
    return current;
  }

  /** Whether changes are still being looked for. */
  synchronized boolean isWatching() {
    return thread != null && thread.isAlive();
  }

  /** Stops watching; a change that is being told of is told to the end. */
  @Override
  public synchronized void close() throws IOException {
    events.close();
  }

  private void watch() {
    try {
      while (events.isOpen()) {
        events.await(interval);
        look();
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    if (!events.isOpen() || Arrays.equals(content(), content)) {
      return;
    }
    byte[] settled = settled();
    if (Arrays.equals(settled, content)) {
      return;
    }
    content = settled;
    try {
      tell(read(settled));
    } catch (RuntimeException fault) {
      System.getLogger(ServersFileWatcher.class.getName())
          .log(System.Logger.Level.ERROR, "A change of " + file + " could not be applied", fault);
    }
  }

  /** The content after it has stopped changing. */
  private byte[] settled() throws InterruptedException {
    byte[] before = content();
    for (int i = 0; i < MAX_QUIET_WAITS; i++) {
      boolean restless = events.await(QUIET);
      byte[] now = content();
      if (!restless && Arrays.equals(before, now)) {
        return now;
      }
      before = now;
    }
    return before;
  }

  private void tell(McpServersFile read) {
    switch (read) {
      case McpServersFile.Accepted accepted -> {
        current = accepted.servers().keeping(current);
        listener.changed(current);
      }
      case McpServersFile.Refused refused -> listener.refused(refused.faults());
    }
  }

  /** At most a little more than the reader's limit; empty where there is no file to read. */
  private byte[] content() {
    try {
      return McpServersReader.bytes(file);
    } catch (IOException unreadable) {
      return MISSING;
    }
  }

  /** An empty file is read as the file system shows it, so that a missing one is reported so. */
  private McpServersFile read(byte[] bytes) {
    return bytes.length == 0 ? reader.read(file) : reader.read(file.toString(), bytes);
  }
}
