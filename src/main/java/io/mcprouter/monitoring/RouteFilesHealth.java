package io.mcprouter.monitoring;

import io.mcprouter.config.Fault;
import io.mcprouter.routing.files.RouteFileReport;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * Down while a route file is wrong, told in a group of its own: what the file held before goes on.
 * It says where the fault is; what it is may quote the file, which is not for everybody who may ask
 * for health: it is in the log and in {@code /actuator/routefiles}.
 */
public final class RouteFilesHealth implements HealthIndicator {
  private final Supplier<List<RouteFileReport>> reports;

  public RouteFilesHealth(Supplier<List<RouteFileReport>> reports) {
    this.reports = reports;
  }

  @Override
  public Health health() {
    Health.Builder health = Health.up();
    for (RouteFileReport report : reports.get()) {
      Fault fault = report.fault();
      if (fault != null) {
        health
            .down()
            .withDetail(
                report.file(),
                fault.location() + ": " + fault.path() + " (why: /actuator/routefiles)");
      }
    }
    return health.build();
  }
}
