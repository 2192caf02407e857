package io.mcprouter.testkit.auth;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which endpoints misbehave: for good, or for their next requests. */
final class Faults {
  private final Map<Endpoint, Fault> standing = new EnumMap<>(Endpoint.class);
  private final Map<Endpoint, Deque<Fault>> next = new EnumMap<>(Endpoint.class);

  synchronized void always(Endpoint endpoint, Fault fault) {
    standing.put(endpoint, fault);
  }

  synchronized void once(Endpoint endpoint, Fault fault) {
    next.computeIfAbsent(endpoint, key -> new ArrayDeque<>()).add(fault);
  }

  synchronized void none(Endpoint endpoint) {
    standing.remove(endpoint);
    next.remove(endpoint);
  }

  /** The fault of the request that arrives now. */
  synchronized @Nullable Fault of(Endpoint endpoint) {
    Deque<Fault> queue = next.get(endpoint);
    Fault fault = queue == null ? null : queue.poll();
    return fault == null ? standing.get(endpoint) : fault;
  }
}
