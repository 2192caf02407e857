package io.mcprouter.monitoring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The circuit breakers before servers: of the three states, the present one is 1. */
final class CircuitMeters {
  private final MultiGauge states;
  private final Supplier<Map<String, CircuitState>> present;

  /**
   * @param present the states by server, of those that have a circuit breaker
   */
  CircuitMeters(MeterRegistry registry, Supplier<Map<String, CircuitState>> present) {
    this.present = present;
    this.states =
        MultiGauge.builder("mcp.router.circuit.breaker.state")
            .description("1 for the state that the circuit breaker of a server is in, else 0")
            .register(registry);
  }

  /** Has meters for these servers, and for no others. */
  void update(Collection<String> servers) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    for (String server : servers) {
      for (CircuitState state : CircuitState.values()) {
        Tags tags = Tags.of("server", server, "state", state.label());
        rows.add(MultiGauge.Row.of(tags, () -> value(server, state)));
      }
    }
    states.register(rows, true);
  }

  private int value(String server, CircuitState state) {
    return present.get().get(server) == state ? 1 : 0;
  }
}
