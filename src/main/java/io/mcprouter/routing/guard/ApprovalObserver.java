package io.mcprouter.routing.guard;

/** Hears what callers decide in their own client; what is decided in the API is known there. */
@FunctionalInterface
public interface ApprovalObserver {
  /** The caller answered the question of their client. Runs on an event loop. */
  void answered(ApprovalRequest request, boolean agreed);
}
