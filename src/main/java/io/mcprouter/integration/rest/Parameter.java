package io.mcprouter.integration.rest;

import io.mcprouter.integration.McpToolException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A parameter of an operation.
 *
 * @param exploded whether each value of a list stands for itself, and not between commas
 */
record Parameter(String name, Place place, boolean exploded) {
  /** Where a parameter stands in a request. */
  enum Place {
    PATH,
    QUERY
  }

  /**
   * The piece of a path that a value is: never more than one, and no step up.
   *
   * @throws McpToolException where it can be none
   */
  String segment(Object value) {
    String segment =
        values(value).stream().map(Parameter::encoded).collect(Collectors.joining(","));
    if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
      throw new McpToolException(
          "/" + name + ": it must be a piece of a path, and neither empty nor '.' nor '..'");
    }
    return segment;
  }

  /** What stands in the query for a value. */
  String query(Object value) {
    String key = encoded(name) + '=';
    List<String> values = values(value).stream().map(Parameter::encoded).toList();
    return exploded
        ? values.stream().map(key::concat).collect(Collectors.joining("&"))
        : key + String.join(",", values);
  }

  private static Collection<?> values(Object value) {
    return value instanceof Collection<?> several ? several : List.of(value);
  }

  /** A blank is %20: in a path, a plus sign is one. */
  private static String encoded(Object value) {
    return URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8).replace("+", "%20");
  }
}
