package io.mcprouter.catalog;

import com.github.benmanes.caffeine.cache.Interner;
import io.mcprouter.routing.ServerCalls;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * What all kept lists share to be renewed.
 *
 * @param timer runs short actions later, on one thread
 * @param interner keeps equal lists once
 * @param listeners who hears that a list differs
 */
record Renewal(
    ServerCalls calls,
    CatalogSettings settings,
    ScheduledExecutorService timer,
    Interner<Listing> interner,
    ListChanged listeners) {
  void later(Duration pause, Runnable action) {
    timer.schedule(action, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The pause after that many failures in a row: doubled each time, and never quite the same. */
  Duration pause(int failures) {
    long first = settings.freshness().firstRetry().toMillis();
    long last = settings.freshness().lastRetry().toMillis();
    long pause = Math.min(first << Math.min(failures - 1, 20), last);
    return Duration.ofMillis(pause + ThreadLocalRandom.current().nextLong(pause / 5 + 1));
  }
}
