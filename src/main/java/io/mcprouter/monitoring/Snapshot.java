package io.mcprouter.monitoring;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is made anew at most once in a while: a scrape asks once for each server, and
 * counting walks over all sessions.
 */
final class Snapshot<T> implements Supplier<T> {
  private final Supplier<T> source;
  private final long age;
  private final LongSupplier nanoTime;
  private @Nullable T value;
  private long takenAt;

  Snapshot(Supplier<T> source, Duration age, LongSupplier nanoTime) {
    this.source = source;
    this.age = age.toNanos();
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized T get() {
    long now = nanoTime.getAsLong();
    T known = value;
    if (known != null && now - takenAt <= age) {
      return known;
    }
    T taken = source.get();
    value = taken;
    takenAt = now;
    return taken;
  }
}
