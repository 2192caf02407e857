package io.mcprouter.routing;

import io.mcprouter.transport.spi.CallClock;
import io.mcprouter.transport.spi.McpCall;
import io.mcprouter.transport.spi.McpFailure;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The limit of one call: counted from the sending of the request, begun anew by progress up to an
 * absolute cap, standing still while a person is asked. A move of the limit only notes the new
 * time; the timer finds it when it fires.
 */
final class Deadline implements CallClock, TimerTask {
  private final Timer timer;
  private final McpCall call;
  private final String server;
  private final Limits limits;
  private final LongSupplier nanoTime;
  private @Nullable Timeout armed;
  private boolean over;
  private long expiresAt;
  private long capAt;
  private Duration limit;
  private int questions;
  private long askedAt;
  private long remaining;

  Deadline(Timer timer, McpCall call, String server, Limits limits, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.timer = timer;
    this.call = call;
    this.server = server;
    this.limits = limits;
    this.limit = limits.timeout;
  }

  @Override
  public synchronized void started() {
    long now = nanoTime.getAsLong();
    expiresAt = now + limits.timeout.toNanos();
    capAt = now + limits.maxTimeout.toNanos();
    arm(expiresAt - now);
  }

  @Override
  public synchronized void progressed() {
    if (questions == 0) {
      long next = nanoTime.getAsLong() + limits.timeout.toNanos();
      boolean capped = next - capAt > 0;
      expiresAt = capped ? capAt : next;
      limit = capped ? limits.maxTimeout : limits.timeout;
    }
  }

  @Override
  public synchronized void asking() {
    if (questions++ == 0) {
      askedAt = nanoTime.getAsLong();
      remaining = expiresAt - askedAt;
      expiresAt = askedAt + limits.question.toNanos();
      limit = limits.question;
      arm(limits.question.toNanos());
    }
  }

  @Override
  public synchronized void answered() {
    if (--questions == 0) {
      long now = nanoTime.getAsLong();
      capAt += now - askedAt;
      expiresAt = now + remaining;
      limit = limits.timeout;
      arm(remaining);
    }
  }

  synchronized void disarm() {
    over = true;
    if (armed != null) {
      armed.cancel();
    }
  }

  private void arm(long nanos) {
    if (armed != null) {
      armed.cancel();
    }
    if (!over) {
      armed = timer.newTimeout(this, nanos, TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void run(Timeout fired) {
    Duration passed;
    synchronized (this) {
      long left = expiresAt - nanoTime.getAsLong();
      if (left > 0) {
        arm(left);
        return;
      }
      passed = limit;
    }
    call.abandonAll(McpFailure.timedOut(server, passed));
  }

  /**
   * @param timeout limit without progress
   * @param maxTimeout limit in all
   * @param question limit for the answer to a server's question
   */
  record Limits(Duration timeout, Duration maxTimeout, Duration question) {}
}
