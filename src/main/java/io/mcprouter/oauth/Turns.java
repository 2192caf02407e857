package io.mcprouter.oauth;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Who may ask an authorization server for new tokens. Whoever asks holds a connection of the store,
 * so their number is bounded; and each authorization server has a few of these turns only, so that
 * a slow one leaves turns to the others.
 */
final class Turns {
  private final Semaphore all;

  /** Each is kept by those who wait for it or hold it. */
  private final LoadingCache<String, Semaphore> issuers;

  /**
   * @param connections most that the store has at once; four of ten are left to others
   */
  Turns(int connections) {
    int most = Math.max(1, connections * 6 / 10);
    int ofOne = Math.max(1, most / 2);
    all = new Semaphore(most, true);
    issuers = Caffeine.newBuilder().weakValues().build(issuer -> new Semaphore(ofOne, true));
  }

  /** Does something in a turn; empty where none was free in time. */
  <T> Optional<T> in(String issuer, Duration wait, Supplier<T> action) throws InterruptedException {
    long end = System.nanoTime() + wait.toNanos();
    Semaphore own = issuers.get(issuer);
    if (!own.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
      return Optional.empty();
    }
    try {
      return inAll(end - System.nanoTime(), action);
    } finally {
      own.release();
    }
  }

  private <T> Optional<T> inAll(long nanos, Supplier<T> action) throws InterruptedException {
    if (!all.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(action.get());
    } finally {
      all.release();
    }
  }
}
