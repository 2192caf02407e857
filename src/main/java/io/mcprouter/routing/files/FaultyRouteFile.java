package io.mcprouter.routing.files;

import io.mcprouter.config.Fault;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** A route file that cannot be used, and why. */
final class FaultyRouteFile extends Exception {
  private static final Pattern PLACE =
      Pattern.compile("\\bline[: ]+(\\d+)(?:, column[: ]+(\\d+))?");
  private static final int LONGEST_REASON = 500;

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

  /**
   * What Camel or a parser says of a file, at the place that it names.
   *
   * @param contents where the file's routes stand; null while it could not be read so far
   */
  static FaultyRouteFile of(RouteFile file, @Nullable FileContents contents, Throwable thrown) {
    if (thrown instanceof FaultyRouteFile known) {
      return known;
    }
    String route = route(thrown);
    int[] place = place(thrown);
    if (place == null) {
      place = new int[] {contents == null ? 1 : contents.lineOf(route), 1};
    }
    String path = route.isEmpty() ? "routes" : route;
    return new FaultyRouteFile(file.fault(place[0], place[1], path, reason(thrown)), thrown, false);
  }

  private static String route(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof FailedToCreateRouteException failed) {
        return String.valueOf(failed.getRouteId());
      }
      if (cause instanceof FailedToStartRouteException failed) {
        return String.valueOf(failed.getRouteId());
      }
    }
    return "";
  }

  private static int @Nullable [] place(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      int[] marked = marked(cause);
      if (marked != null) {
        return marked;
      }
      Matcher place = PLACE.matcher(String.valueOf(cause.getMessage()));
      if (place.find()) {
        String column = place.group(2);
        return new int[] {
          Integer.parseInt(place.group(1)), column == null ? 1 : Integer.parseInt(column)
        };
      }
    }
    return null;
  }

  private static int @Nullable [] marked(Throwable cause) {
    if (cause instanceof MarkedYAMLException own && own.getProblemMark() != null) {
      return new int[] {own.getProblemMark().getLine() + 1, own.getProblemMark().getColumn() + 1};
    }
    if (cause instanceof MarkedYamlEngineException camels && camels.getProblemMark().isPresent()) {
      return camels.getProblemMark().map(m -> new int[] {m.getLine() + 1, m.getColumn() + 1}).get();
    }
    return null;
  }

  /** The innermost message says it best; Camel's outer ones repeat the whole route. */
  private static String reason(Throwable thrown) {
    Throwable innermost = thrown;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null) {
        innermost = cause;
      }
    }
    String said =
        innermost instanceof MarkedYAMLException marked
            ? marked.getProblem()
            : innermost.getMessage();
    String text = said == null ? innermost.getClass().getSimpleName() : said;
    String line =
        text.strip().replaceFirst("(?s)\\R\\s*in file:.*", "").replaceAll("\\s*\\R\\s*", "; ");
    return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
  }
}
