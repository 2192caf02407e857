package io.mcprouter.session;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many hold a session at this moment: its opening, its calls, its subscriptions. Whoever ends
 * the session ends this count, so that no call enters a session that is being closed, and exactly
 * one thread closes it.
 */
final class UseCount {
  private static final int ENDED = -1;

  private final AtomicInteger holders = new AtomicInteger(1);

  /** Takes hold; false when the session has ended. */
  boolean enter() {
    int before;
    do {
      before = holders.get();
      if (before == ENDED) {
        return false;
      }
    } while (!holders.compareAndSet(before, before + 1));
    return true;
  }

  /** Lets go; true when nobody holds the session any more and it has not ended. */
  boolean leave() {
    int before;
    do {
      before = holders.get();
      if (before == ENDED) {
        return false;
      }
    } while (!holders.compareAndSet(before, before - 1));
    return before == 1;
  }

  /** Ends it if nobody holds it; true for the one who did. */
  boolean endIfIdle() {
    return holders.compareAndSet(0, ENDED);
  }

  /** Ends it whoever holds it; true for the one who did. */
  boolean end() {
    return holders.getAndSet(ENDED) != ENDED;
  }

  boolean isEnded() {
    return holders.get() == ENDED;
  }

  int holders() {
    return Math.max(0, holders.get());
  }
}
