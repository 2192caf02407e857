package io.mcprouter.endpoint;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * Something that lives on one event loop and is spoken to from any thread: what is said runs there,
 * in the order in which it was said. To be made on that loop.
 */
abstract class OnOneLoop {
  private static final AtomicIntegerFieldUpdater<OnOneLoop> QUEUED =
      AtomicIntegerFieldUpdater.newUpdater(OnOneLoop.class, "queued");

  private final Context context;
  private final Thread loop;

  /** Actions that wait for the loop; while there are any, the loop's own must wait behind them. */
  private volatile int queued;

  OnOneLoop(Vertx vertx) {
    this.context = vertx.getOrCreateContext();
    this.loop = Thread.currentThread();
  }

  final void run(Runnable action) {
    if (Thread.currentThread() == loop && queued == 0) {
      action.run();
    } else {
      QUEUED.incrementAndGet(this);
      context.runOnContext(
          none -> {
            QUEUED.decrementAndGet(this);
            action.run();
          });
    }
  }
}
