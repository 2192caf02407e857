package io.mcprouter.cli.test;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How JSON is compared: an object may hold more than is wanted of it, a list may not. */
final class Fit {
  private Fit() {}

  static boolean contains(@Nullable JsonNode actual, JsonNode wanted) {
    if (actual == null) {
      return false;
    }
    if (wanted.isObject() && actual.isObject()) {
      return wanted.properties().stream()
          .allMatch(member -> contains(actual.get(member.getKey()), member.getValue()));
    }
    if (wanted.isArray() && actual.isArray()) {
      return wanted.size() == actual.size()
          && IntStream.range(0, wanted.size())
              .allMatch(i -> contains(actual.get(i), wanted.get(i)));
    }
    if (wanted.isNumber() && actual.isNumber()) {
      return wanted.decimalValue().compareTo(actual.decimalValue()) == 0;
    }
    return wanted.equals(actual);
  }
}
