package io.mcprouter.integration;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after another, each behind those that came before it, on a virtual thread that is
 * there while there are tasks. Whoever hands one over never waits.
 */
public final class InOrder implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(InOrder.class);

  private final int most;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean running;

  /**
   * @param most how many tasks of {@link #offer} may wait
   */
  public InOrder(int most) {
    this.most = most;
  }

  /** Takes a task unless too many wait; false where it is not taken. */
  public boolean offer(Runnable task) {
    synchronized (waiting) {
      if (waiting.size() >= most) {
        return false;
      }
      add(task);
      return true;
    }
  }

  /** Takes a task in any case. */
  @Override
  public void execute(Runnable task) {
    synchronized (waiting) {
      add(task);
    }
  }

  private void add(Runnable task) {
    waiting.add(task);
    if (!running) {
      running = true;
      Thread.startVirtualThread(this::run);
    }
  }

  private void run() {
    for (Runnable task = next(); task != null; task = next()) {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        LOG.error("A task failed; those behind it go on", e);
      }
    }
  }

  private @Nullable Runnable next() {
    synchronized (waiting) {
      Runnable task = waiting.poll();
      running = task != null;
      return task;
    }
  }
}
