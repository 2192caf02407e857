package io.mcprouter.routing.files;

import io.mcprouter.config.reader.DirectoryEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the route files again whenever one comes, goes or changes, however that comes about. It
 * runs on one virtual thread, on which routes are replaced too.
 */
public final class RouteFilesWatcher implements AutoCloseable {
  /** How often the content is looked at, whatever the system tells of changes. */
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Files count as written when nothing has happened for so long. */
  private static final Duration QUIET = Duration.ofMillis(100);

  /** How many times files may be found changing again before they are read all the same. */
  private static final int MAX_QUIET_WAITS = 50;

  private static final Logger LOG = LoggerFactory.getLogger(RouteFilesWatcher.class);

  private final RouteDirectory directory;
  private final RouteFiles files;
  private final DirectoryEvents events;
  private Map<String, RouteFile> current = Map.of();
  private @Nullable String unreadable;

  /**
   * Reads the files for the first time; {@link #begin} starts to watch them.
   *
   * @throws IOException when they cannot be read
   */
  public RouteFilesWatcher(RouteDirectory directory, RouteFiles files) throws IOException {
    this.directory = directory;
    this.files = files;
    Path place = directory.watched();
    this.events = new DirectoryEvents(place == null ? Path.of("") : place);
    this.current = directory.read();
    files.apply(current);
  }

  /** Begins to look for changes. */
  public void begin() {
    Path place = Objects.requireNonNull(directory.directory(), "nothing to watch");
    Thread.ofVirtual().name("watch " + place).start(this::watch);
  }

  /** Stops watching; a change that is being applied is applied to the end. */
  @Override
  public void close() throws IOException {
    events.close();
  }

  private void watch() {
    try {
      while (events.isOpen()) {
        events.await(INTERVAL);
        look();
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    try {
      Map<String, RouteFile> now = directory.read();
      unreadable = null;
      if (events.isOpen() && !same(now, current)) {
        current = settled(now);
        files.apply(current);
      }
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      if (!why.equals(unreadable)) {
        LOG.error("The route files cannot be read, those that are loaded go on: {}", why);
      }
      unreadable = why;
    } catch (RuntimeException e) {
      LOG.error("A change of the route files could not be applied", e);
    }
  }

  /** The files after they have stopped changing. */
  private Map<String, RouteFile> settled(Map<String, RouteFile> first)
      throws IOException, InterruptedException {
    Map<String, RouteFile> before = first;
    for (int i = 0; i < MAX_QUIET_WAITS; i++) {
      boolean restless = events.await(QUIET);
      Map<String, RouteFile> now = directory.read();
      if (!restless && same(now, before)) {
        return now;
      }
      before = now;
    }
    return before;
  }

  private static boolean same(Map<String, RouteFile> some, Map<String, RouteFile> others) {
    return some.keySet().equals(others.keySet())
        && some.values().stream()
            .allMatch(file -> file.sameAs(Objects.requireNonNull(others.get(file.name()))));
  }
}
