package io.mcprouter.monitoring;

import io.mcprouter.routing.CallOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The meters of one server. The timer of a call is looked up by method and outcome in two steps
 * that allocate nothing; meters come into being with their first use and go with the server.
 */
final class ServerMeters {
  /** Also the limits of the built-in timeouts: 10 s for opening, 30 s for a call. */
  private static final Duration[] BUCKETS =
      List.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000).stream()
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final RouterState.RunningServer server;
  private final Tags tags;
  private final Map<String, Map<CallOutcome, Timer>> calls = new ConcurrentHashMap<>();
  private final List<Meter> all = new ArrayList<>();
  private boolean removed;

  ServerMeters(MeterRegistry registry, RouterState.RunningServer server) {
    this.registry = registry;
    this.server = server;
    this.tags = Tags.of("server", server.name(), "transport", server.transport());
  }

  RouterState.RunningServer server() {
    return server;
  }

  void gauge(String name, String description, Supplier<Number> value) {
    register(
        () -> Gauge.builder(name, value).description(description).tags(tags).register(registry));
  }

  void ended(String method, CallOutcome outcome, long nanos) {
    Map<CallOutcome, Timer> timers = calls.get(method);
    if (timers == null) {
      timers = calls.computeIfAbsent(MethodLabel.of(method), key -> new ConcurrentHashMap<>());
    }
    Timer timer = timers.get(outcome);
    if (timer == null) {
      timer = timers.computeIfAbsent(outcome, key -> timer(MethodLabel.of(method), key));
    }
    timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(String method, CallOutcome outcome) {
    return register(
        () ->
            Timer.builder("mcp.router.calls")
                .description("Calls of MCP servers through their routes")
                .tags(tags.and("method", method, "outcome", outcome.label()))
                .serviceLevelObjectives(BUCKETS)
                .register(registry));
  }

  void opening(String outcome, Duration took) {
    register(
            () ->
                Timer.builder("mcp.router.session.opens")
                    .description("Sessions opened with MCP servers, and failures to open one")
                    .tags(tags.and("outcome", outcome))
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry))
        .record(took);
  }

  void closed(String reason) {
    register(
            () ->
                Counter.builder("mcp.router.session.closes")
                    .description("Sessions closed with MCP servers")
                    .tags(tags.and("reason", reason))
                    .register(registry))
        .increment();
  }

  void unstoppable() {
    register(
            () ->
                Counter.builder("mcp.router.routes.unstoppable")
                    .description("Steps of routes that went on although their call was stopped")
                    .tags(tags)
                    .register(registry))
        .increment();
  }

  /** Meters of a server that is gone are not kept, also those of calls that end late. */
  private synchronized <M extends Meter> M register(Supplier<M> registration) {
    M meter = registration.get();
    if (removed) {
      registry.remove(meter);
    } else if (!all.contains(meter)) {
      all.add(meter);
    }
    return meter;
  }

  synchronized void remove() {
    removed = true;
    all.forEach(registry::remove);
    all.clear();
  }
}
