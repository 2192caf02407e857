package io.mcprouter.routing.guard;

import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.MalformedMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Parameters of templates that may be one text or a list of them, which is written as JSON. */
final class Texts {
  private static final int MAX_DEPTH = 50;

  private Texts() {}

  /** The texts of a parameter: one, or the elements of a JSON array of strings. */
  static List<String> of(String parameter, String value) {
    if (value.isBlank()) {
      return List.of();
    }
    if (!value.startsWith("[")) {
      return List.of(value);
    }
    JsonSpan list = json(parameter, value);
    List<String> texts = new ArrayList<>();
    for (JsonSpan element : list.elements()) {
      texts.add(element.text());
    }
    return texts;
  }

  /** The value that a parameter names, in lower case. */
  static <E extends Enum<E>> E one(String parameter, String text, Class<E> values) {
    for (E value : values.getEnumConstants()) {
      if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "the parameter '"
            + parameter
            + "' must be one of "
            + List.of(values.getEnumConstants()).toString().toLowerCase(Locale.ROOT));
  }

  /** The JSON of a parameter. */
  static JsonSpan json(String parameter, String value) {
    try {
      return JsonSpan.parse(value.getBytes(StandardCharsets.UTF_8), MAX_DEPTH);
    } catch (MalformedMessage e) {
      throw new IllegalArgumentException(
          "the parameter '" + parameter + "' is neither text nor a list: " + e.getMessage());
    }
  }
}
