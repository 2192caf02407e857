package io.mcprouter.routing.files;

import io.mcprouter.config.Fault;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** A route file that cannot be used, and why. */
final class FaultyRouteFile extends Exception {
  private static final Pattern PLACE =
      Pattern.compile("\\bline[: ]+(\\d+)(?:, column[: ]+(\\d+))?");

  /** How Camel marks the step of a route that it cannot make. */
  private static final Pattern STEP = Pattern.compile("(?s) at: >>> (.*?) <<< in route: ");

  private final Fault fault;
  private final boolean conflict;

  FaultyRouteFile(Fault fault) {
    this(fault, null, false);
  }

  private FaultyRouteFile(Fault fault, @Nullable Throwable cause, boolean conflict) {
    super(fault.toString(), cause);
    this.fault = fault;
    this.conflict = conflict;
  }

  /** A name that another file has. */
  static FaultyRouteFile conflict(Fault fault) {
    return new FaultyRouteFile(fault, null, true);
  }

  /** Whether the file would be right if another one were not there. */
  boolean isConflict() {
    return conflict;
  }

  Fault fault() {
    return fault;
  }

  /** What a parser says of a file that it cannot read, at the place that it names. */
  static FaultyRouteFile unreadable(RouteFile file, RuntimeException thrown) {
    FaultPlace place = place(thrown);
    return at(
        file, place == null ? new FaultPlace(1, 1) : place, "", CamelFault.plain(thrown), thrown);
  }

  /**
   * What Camel says of a file that a parser can read, at the place that is meant.
   *
   * @param started the route that was to be started, empty where the fault came before
   */
  static FaultyRouteFile of(CamelContext camel, RouteFile file, String started, Throwable thrown) {
    if (thrown instanceof FaultyRouteFile known) {
      return known;
    }
    String route = started.isEmpty() ? route(thrown) : started;
    CamelFault fault = CamelFault.of(camel, thrown);
    FaultPlace place = route.isEmpty() ? place(thrown) : null;
    if (place == null) {
      place = FaultPlace.find(file, route, step(thrown), fault.clues());
    }
    return at(file, place == null ? new FaultPlace(1, 1) : place, route, fault, thrown);
  }

  private static FaultyRouteFile at(
      RouteFile file, FaultPlace place, String route, CamelFault fault, Throwable thrown) {
    String path = route.isEmpty() ? "routes" : route;
    return new FaultyRouteFile(
        file.fault(place.line(), place.column(), path, fault.reason()), thrown, false);
  }

  private static String route(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof FailedToCreateRouteException failed) {
        return failed.getRouteId() == null ? "" : failed.getRouteId();
      }
      if (cause instanceof FailedToStartRouteException failed) {
        return failed.getRouteId() == null ? "" : failed.getRouteId();
      }
    }
    return "";
  }

  private static @Nullable String step(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      Matcher step = STEP.matcher(String.valueOf(cause.getMessage()));
      if (cause instanceof FailedToCreateRouteException && step.find()) {
        return step.group(1);
      }
    }
    return null;
  }

  private static @Nullable FaultPlace place(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      FaultPlace marked = marked(cause);
      if (marked != null) {
        return marked;
      }
      Matcher place = PLACE.matcher(String.valueOf(cause.getMessage()));
      if (place.find()) {
        String column = place.group(2);
        return new FaultPlace(
            Integer.parseInt(place.group(1)), column == null ? 1 : Integer.parseInt(column));
      }
    }
    return null;
  }

  private static @Nullable FaultPlace marked(Throwable cause) {
    if (cause instanceof MarkedYAMLException own && own.getProblemMark() != null) {
      return new FaultPlace(
          own.getProblemMark().getLine() + 1, own.getProblemMark().getColumn() + 1);
    }
    if (cause instanceof MarkedYamlEngineException camels && camels.getProblemMark().isPresent()) {
      return camels
          .getProblemMark()
          .map(mark -> new FaultPlace(mark.getLine() + 1, mark.getColumn() + 1))
          .get();
    }
    return null;
  }
}
