package io.mcprouter.routing;

import java.util.List;

/**
 * Is told of every call that went into a server's route, for meters, logs and the audit. It stands
 * in the way of each call, on any thread and on event loops: it must be quick and never block or
 * throw.
 */
@FunctionalInterface
public interface CallObserver {
  /** Takes no notice. */
  CallObserver NOOP = call -> {};

  /** A call ended. */
  void ended(EndedCall call);

  /** A call was refused before it reached a server. */
  default void refused(RefusedCall call) {}

  /** Tells all of them, in order. */
  static CallObserver all(List<CallObserver> observers) {
    CallObserver[] each = observers.toArray(CallObserver[]::new);
    return new CallObserver() {
      @Override
      public void ended(EndedCall call) {
        for (CallObserver observer : each) {
          observer.ended(call);
        }
      }

      @Override
      public void refused(RefusedCall call) {
        for (CallObserver observer : each) {
          observer.refused(call);
        }
      }
    };
  }
}
