package io.mcprouter.monitoring;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Goes through a queue of log events behind all others, writes nothing, and says when a {@link
 * RedactingEncoder} at the other end has got it: what was logged before is written then.
 */
public final class LastEvent extends LoggingEvent {
  private final CountDownLatch arrived = new CountDownLatch(1);

  /** An event of a level that no full queue drops. */
  public LastEvent(Logger logger) {
    super(LastEvent.class.getName(), logger, Level.ERROR, "", null, null);
  }

  void arrived() {
    arrived.countDown();
  }

  /** Waits for it; false where it did not come in time. */
  public boolean awaitArrival(Duration most) throws InterruptedException {
    return arrived.await(most.toNanos(), TimeUnit.NANOSECONDS);
  }
}
