package io.mcprouter.monitoring;

import java.util.Locale;

/** The state of a circuit breaker, the better ones first. */
public enum CircuitState {
  /** Calls reach the server. */
  CLOSED,
  /** A few calls try whether the server works again. */
  HALF_OPEN,
  /** No call reaches the server. */
  OPEN;

  /** As a meter's label. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Of two circuits before one server, the state of the worse one. */
  public CircuitState orWorse(CircuitState other) {
    return compareTo(other) < 0 ? other : this;
  }
}
