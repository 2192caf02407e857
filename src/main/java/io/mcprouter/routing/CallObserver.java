package io.mcprouter.routing;

import java.util.List;

/**
 * Is told of every call that went into a server's route, for meters and logs. It stands in the way
 * of each call, on any thread and on event loops: it must be quick and never block or throw.
 */
@FunctionalInterface
public interface CallObserver {
  /** Takes no notice. */
  CallObserver NOOP = (server, method, outcome, nanos) -> {};

  /**
   * A call ended.
   *
   * @param server the name of a server that ran when the call began
   * @param method the method as the client wrote it, known or not
   * @param nanos from entering the route to leaving it, in nanoseconds
   */
  void ended(String server, String method, CallOutcome outcome, long nanos);

  /** Tells all of them, in order. */
  static CallObserver all(List<CallObserver> observers) {
    CallObserver[] each = observers.toArray(CallObserver[]::new);
    return (server, method, outcome, nanos) -> {
      for (CallObserver observer : each) {
        observer.ended(server, method, outcome, nanos);
      }
    };
  }
}
