package io.mcprouter.credential;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what must be done now and then, one thing after another. */
public final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration TO_THE_END = Duration.ofSeconds(5);

  /** What comes when the router stops is dropped: it is done at the next start. */
  private final ScheduledExecutorService executor =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofVirtual().name("store-housekeeping").factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  /** Does something again and again, the first time after one interval. */
  public void every(Duration interval, String what, Runnable task) {
    executor.scheduleWithFixedDelay(
        () -> attempt(what, task), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Does something once, soon; nothing when the router stops. */
  public void soon(String what, Runnable task) {
    executor.execute(() -> attempt(what, task));
  }

  private static void attempt(String what, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.warn("{} failed; it is tried again the next time", what, e);
    }
  }

  /** Lets what is being done come to its end: an interrupt could break the H2 file's channel. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(TO_THE_END.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("The store's housekeeping did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
