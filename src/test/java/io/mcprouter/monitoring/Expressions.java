package io.mcprouter.monitoring;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The series that PromQL expressions ask for: names of metrics, and the labels with which they are
 * asked for literally.
 */
final class Expressions {
  private static final Pattern SELECTOR =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\{[^}]*})?(?!\\s*\\()");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(by|on|without|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
  private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*]");
  private static final Pattern FUNCTION = Pattern.compile("[a-zA-Z_]+\\s*\\(");
  private static final Pattern MATCHER = Pattern.compile("([a-zA-Z_]+)\\s*=\\s*\"([^\"$]*)\"");
  private static final Set<String> KEYWORDS = Set.of("and", "or", "unless", "bool", "offset");

  /** Labels that Prometheus adds. */
  private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

  private Expressions() {}

  /** The series of an expression, without those that Prometheus makes itself. */
  static List<Series> series(String expression) {
    String plain = RANGE.matcher(GROUPING.matcher(expression).replaceAll(" ")).replaceAll(" ");
    List<Series> found = new ArrayList<>();
    SELECTOR
        .matcher(withoutFunctions(plain))
        .results()
        .filter(match -> !KEYWORDS.contains(match.group(1)) && !match.group(1).equals("up"))
        .forEach(match -> found.add(series(match)));
    return found;
  }

  private static String withoutFunctions(String expression) {
    return FUNCTION.matcher(expression).replaceAll("(");
  }

  private static Series series(MatchResult match) {
    String labels = match.group(2) == null ? "" : match.group(2);
    return new Series(
        match.group(1),
        MATCHER
            .matcher(labels)
            .results()
            .filter(label -> !OF_PROMETHEUS.contains(label.group(1)))
            .collect(toMap(label -> label.group(1), label -> label.group(2))));
  }

  /** Series of a metric with these labels, among others. */
  record Series(String metric, Map<String, String> labels) {
    /** Whether a line of a scrape is one of these series. */
    boolean isIn(String line) {
      boolean named = line.startsWith(metric + "{") || line.startsWith(metric + " ");
      return named
          && labels.entrySet().stream()
              .allMatch(label -> line.contains(label.getKey() + "=\"" + label.getValue() + "\""));
    }
  }
}
