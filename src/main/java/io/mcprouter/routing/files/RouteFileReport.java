package io.mcprouter.routing.files;

import io.mcprouter.config.Fault;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one route file is.
 *
 * @param file where it is
 * @param routes the ids of the routes that run of it
 * @param templates the ids of the templates that it gives
 * @param loaded when what runs was loaded; null where nothing runs of it
 * @param fault why the file as it stands is not what runs; null where it is
 */
public record RouteFileReport(
    String file,
    List<String> routes,
    List<String> templates,
    @Nullable Instant loaded,
    @Nullable Fault fault) {
  public RouteFileReport {
    routes = List.copyOf(routes);
    templates = List.copyOf(templates);
  }
}
