package io.mcprouter.routing.guard;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A call that waits: whoever is first decides, from any thread. */
final class OpenApproval {
  private final ApprovalRequest request;
  private final BooleanSupplier away;
  private final CompletableFuture<ApprovalDecision> decision = new CompletableFuture<>();
  private final CompletableFuture<ApprovalDecision> settled;

  /**
   * @param away whether the client that calls is away
   * @param close takes it from the list of those that wait, before anybody hears of the decision
   */
  OpenApproval(ApprovalRequest request, BooleanSupplier away, Consumer<OpenApproval> close) {
    this.request = request;
    this.away = away;
    this.settled = decision.thenApply(made -> closed(made, close));
  }

  private ApprovalDecision closed(ApprovalDecision made, Consumer<OpenApproval> close) {
    close.accept(this);
    return made;
  }

  ApprovalRequest request() {
    return request;
  }

  /** Whether nobody would get the answer as things are. */
  boolean isClientAway() {
    return away.getAsBoolean();
  }

  /** Decides; false where that was done before. */
  boolean decide(ApprovalDecision made) {
    return decision.complete(made);
  }

  /** Decides so when the time is up. */
  void otherwise(ApprovalDecision made, Duration after) {
    decision.completeOnTimeout(made, after.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Runs what comes next on the thread that decides, which it must not hold. */
  void onDecision(Consumer<ApprovalDecision> next) {
    settled.thenAccept(next);
  }
}
