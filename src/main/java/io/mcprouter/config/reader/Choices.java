package io.mcprouter.config.reader;

import io.mcprouter.config.NearestName;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a key that takes one word of a few. */
final class Choices {
  private Choices() {}

  /** What the word stands for; null where the key is missing, noted where the word is wrong. */
  static <T> @Nullable T read(Fields fields, String key, Map<String, T> choices) {
    String text = fields.text(key);
    if (text == null) {
      return null;
    }
    T choice = choices.get(text);
    if (choice == null) {
      String advice =
          NearestName.of(text, choices.keySet())
              .map(nearest -> "; did you mean '" + nearest + "'?")
              .orElse("; write " + String.join(" or ", new TreeSet<>(choices.keySet())));
      fields.error(key, "is none of the words it may be" + advice);
    }
    return choice;
  }

  /** The same for a key that must be there. */
  static <T> @Nullable T required(Fields fields, String key, Map<String, T> choices) {
    return fields.requiredText(key) == null ? null : read(fields, key, choices);
  }
}
