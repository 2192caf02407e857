package io.mcprouter.transport.stdio;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A child with all that it started, and how they are ended: all of them, or it is not done. */
final class ProcessTree {
  private static final Duration FIRST_LOOK_AFTER = Duration.ofMillis(5);
  private static final Duration LOOK_AT_MOST_EVERY = Duration.ofMillis(50);
  private static final Duration KILL_EVERY = Duration.ofMillis(200);
  private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(10);

  private final Process root;
  private final Kin kin;
  private final @Nullable ProcessGuard guard;

  /**
   * @param guard null where the child has no process group of its own
   */
  ProcessTree(Process root, Kin kin, @Nullable ProcessGuard guard) {
    this.root = root;
    this.kin = kin;
    this.guard = guard;
    if (guard != null) {
      guard.register(root.pid());
    }
  }

  /**
   * Waits for the tree to end on its own, then asks it to, then ends it. Blocks.
   *
   * @param patience how long to wait before each of the last two
   * @param wasAsked whether the child was told by the end of its input; if not, nothing is to be
   *     waited for
   * @return false when a process outlived even that, which only happens to one that the kernel
   *     holds
   */
  boolean end(Duration patience, boolean wasAsked) throws InterruptedException {
    boolean gone = wasAsked ? awaitGone(patience) : kin.alive(root).isEmpty();
    if (!gone) {
      signal(false);
      gone = awaitGone(patience);
    }
    long giveUp = System.nanoTime() + GIVE_UP_AFTER.toNanos();
    while (!gone && System.nanoTime() - giveUp < 0) {
      signal(true);
      gone = awaitGone(KILL_EVERY);
    }
    if (guard != null && gone) {
      guard.forget(root.pid());
    }
    return gone;
  }

  private void signal(boolean forcibly) {
    Set<Long> alive = kin.alive(root);
    if (guard != null && kin.hasGroup()) {
      guard.signal(root.pid(), forcibly);
    }
    for (long pid : alive) {
      ProcessHandle.of(pid).ifPresent(process -> end(process, forcibly));
    }
  }

  private static void end(ProcessHandle process, boolean forcibly) {
    if (forcibly) {
      process.destroyForcibly();
    } else {
      process.destroy();
    }
  }

  private boolean awaitGone(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    root.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
    long pause = FIRST_LOOK_AFTER.toNanos();
    while (!kin.alive(root).isEmpty()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.sleep(Math.min(left, pause));
      pause = Math.min(2 * pause, LOOK_AT_MOST_EVERY.toNanos());
    }
    return true;
  }

  /** Knows which living processes belong to a child. */
  interface Kin {
    /** The process ids of the child and all that it started, as far as they live. */
    Set<Long> alive(Process root);

    /** Whether the child's process group still had members when last looked at. */
    boolean hasGroup();
  }
}
