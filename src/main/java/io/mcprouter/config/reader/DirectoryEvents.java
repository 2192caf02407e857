package io.mcprouter.config.reader;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells when something may have happened in a directory. Where there is none yet, or the system has
 * no events to offer, it merely waits: whoever asks looks for themselves anyway.
 */
public final class DirectoryEvents implements AutoCloseable {
  private final CountDownLatch closed = new CountDownLatch(1);
  private final @Nullable WatchService events;

  public DirectoryEvents(Path directory) {
    this.events = Files.isDirectory(directory) ? watch(directory) : null;
  }

  private static @Nullable WatchService watch(Path directory) {
    try {
      WatchService events = directory.getFileSystem().newWatchService();
      try {
        directory.register(events, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
        return events;
      } catch (IOException | UnsupportedOperationException fault) {
        events.close();
        return noEvents(directory, fault);
      }
    } catch (IOException | UnsupportedOperationException fault) {
      return noEvents(directory, fault);
    }
  }

  /** Too many watches, a network file system: polling is enough. */
  private static @Nullable WatchService noEvents(Path directory, Exception fault) {
    System.getLogger(DirectoryEvents.class.getName())
        .log(
            System.Logger.Level.INFO,
            "No change events for directory " + directory + ", looking at intervals instead",
            fault);
    return null;
  }

  public boolean isOpen() {
    return closed.getCount() > 0;
  }

  /** Waits for an event, at most as long as that; whether one came. */
  public boolean await(Duration longest) throws InterruptedException {
    if (events == null) {
      return closed.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    }
    try {
      WatchKey key = events.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
      if (key == null) {
        return false;
      }
      key.pollEvents();
      key.reset();
      return true;
    } catch (ClosedWatchServiceException end) {
      return false;
    }
  }

  /** Whoever waits goes on at once. */
  @Override
  public void close() throws IOException {
    closed.countDown();
    if (events != null) {
      events.close();
    }
  }
}
