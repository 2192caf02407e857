package io.mcprouter.monitoring;

import io.mcprouter.config.Fault;
import io.mcprouter.routing.files.RouteFileReport;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code /actuator/routefiles}: the route files, what runs of each, and what is wrong. */
@Endpoint(id = "routefiles")
public final class RouteFilesEndpoint {
  private final Supplier<List<RouteFileReport>> reports;

  public RouteFilesEndpoint(Supplier<List<RouteFileReport>> reports) {
    this.reports = reports;
  }

  @ReadOperation
  public Files files() {
    return new Files(reports.get().stream().map(RouteFilesEndpoint::file).toList());
  }

  private static File file(RouteFileReport report) {
    Fault fault = report.fault();
    return new File(
        report.file(),
        report.routes(),
        report.templates(),
        report.loaded(),
        fault == null ? null : fault.toString());
  }

  /** The files in the order of their names. */
  public record Files(List<File> files) {}

  /**
   * A file.
   *
   * @param routes the ids of the routes that run of it
   * @param templates the ids of its templates
   * @param loaded when what runs was loaded; null where nothing does
   * @param fault why the file as it stands is not what runs; null where it is
   */
  public record File(
      String name,
      List<String> routes,
      List<String> templates,
      @Nullable Instant loaded,
      @Nullable String fault) {}
}
