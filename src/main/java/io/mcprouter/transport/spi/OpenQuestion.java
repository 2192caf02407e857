package io.mcprouter.transport.spi;

import io.mcprouter.protocol.CallStream;
import io.mcprouter.protocol.Frame;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A question of a server within a call. The call's clock goes on once, whether the question is
 * answered, declined, taken back or outlived by the call.
 */
final class OpenQuestion implements CallStream.Answer {
  private final CallStream.Answer answer;
  private final AtomicReference<@Nullable CallClock> waiting;
  private volatile @Nullable Runnable withdrawn;

  OpenQuestion(CallStream.Answer answer, CallClock clock) {
    this.answer = answer;
    this.waiting = new AtomicReference<>(clock);
    answer.onWithdrawn(this::goOn);
  }

  boolean isOpen() {
    return waiting.get() != null;
  }

  private boolean goOn() {
    CallClock clock = waiting.getAndSet(null);
    if (clock != null) {
      clock.answered();
    }
    return clock != null;
  }

  @Override
  public void reply(Frame reply) {
    goOn();
    answer.reply(reply);
  }

  @Override
  public void progress(Frame notification) {
    answer.progress(notification);
  }

  @Override
  public void decline(String reason) {
    goOn();
    answer.decline(reason);
  }

  @Override
  public void onWithdrawn(Runnable action) {
    withdrawn = action;
    answer.onWithdrawn(
        () -> {
          goOn();
          action.run();
        });
    if (!isOpen()) {
      action.run();
    }
  }

  /** The call is over before the question was answered. */
  void callOver() {
    Runnable action = withdrawn;
    if (goOn()) {
      answer.decline("the call is over");
      if (action != null) {
        action.run();
      }
    }
  }
}
