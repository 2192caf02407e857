package io.mcprouter.monitoring;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.NamedContributor;

/**
 * Health with one entry for each server of the file, as the file is now. It is told in a group of
 * its own: a tool server that is down takes neither the router out of rotation nor down its health.
 */
public final class ServersHealth implements CompositeHealthContributor {
  private final ServerReports reports;

  public ServersHealth(ServerReports reports) {
    this.reports = reports;
  }

  @Override
  public @Nullable HealthContributor getContributor(String name) {
    return reports.all().stream()
        .filter(report -> report.name().equals(name))
        .findFirst()
        .map(ServersHealth::indicator)
        .orElse(null);
  }

  @Override
  public Iterator<NamedContributor<HealthContributor>> iterator() {
    return reports.all().stream()
        .map(report -> NamedContributor.of(report.name(), (HealthContributor) indicator(report)))
        .iterator();
  }

  private static HealthIndicator indicator(ServerReport report) {
    Health health = health(report);
    return () -> health;
  }

  private static Health health(ServerReport report) {
    Health.Builder health =
        switch (report.state()) {
          case UP -> Health.up();
          case DOWN, FAILED -> Health.down();
          case UNKNOWN -> Health.unknown();
        };
    detail(health, "transport", report.transport());
    detail(health, "reason", report.reason());
    detail(health, "since", report.since());
    return health.build();
  }

  private static void detail(Health.Builder health, String name, @Nullable Object value) {
    if (value != null) {
      health.withDetail(name, value.toString());
    }
  }
}
