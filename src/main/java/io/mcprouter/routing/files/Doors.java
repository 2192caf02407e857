package io.mcprouter.routing.files;

import java.time.Duration;
import java.util.Set;

/**
 * The way into routes that calls come in by. While routes are replaced, new calls wait at the door
 * instead of failing.
 */
@FunctionalInterface
public interface Doors {
  /** For routes that nobody calls. */
  Doors NONE = routes -> Closed.NOTHING;

  /** Lets no new call into these routes until they are opened again. */
  Closed close(Set<String> routeIds);

  /** Doors that are closed. */
  interface Closed extends AutoCloseable {
    Closed NOTHING =
        new Closed() {
          @Override
          public void awaitIdle(Duration limit) {}

          @Override
          public void close() {}
        };

    /** Waits until the calls that are inside have ended, and no longer than that. */
    void awaitIdle(Duration limit) throws InterruptedException;

    /** Opens the doors: who waits goes in where the route is again, and is refused elsewhere. */
    @Override
    void close();
  }
}
