package io.mcprouter.monitoring;

import io.mcprouter.routing.files.RouteFileReport;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** How many route files run as they stand, and how many are wrong. */
public final class RouteFileMeters implements MeterBinder {
  private final Supplier<List<RouteFileReport>> reports;

  public RouteFileMeters(Supplier<List<RouteFileReport>> reports) {
    this.reports = reports;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge(registry, "loaded", report -> report.fault() == null);
    gauge(registry, "wrong", report -> report.fault() != null);
  }

  private void gauge(MeterRegistry registry, String state, Predicate<RouteFileReport> which) {
    Gauge.builder(
            "mcp.router.route.files", reports, all -> all.get().stream().filter(which).count())
        .tag("state", state)
        .description("Route files that run as they stand (loaded), and that do not (wrong)")
        .register(registry);
  }
}
