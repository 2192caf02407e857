package io.mcprouter.integration.server;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Options that say several things of one name each, such as {@code parameter.city} and {@code
 * parameter.city.description}.
 *
 * @param name the name they are about
 * @param value what stands under the name itself, or null
 * @param more what stands under the name and a further word
 */
public record GroupedOptions(String name, @Nullable String value, Map<String, String> more) {
  /** Headers that mean something to Camel, which no caller may set. */
  private static final List<String> CAMELS_OWN = List.of("camel", "org.apache.camel.");

  /**
   * The options by name.
   *
   * @param prefix what all of them begin with, for messages
   * @param known the further words there are
   * @throws IllegalArgumentException where an option is not known, or a name is Camel's own
   */
  public static List<GroupedOptions> of(
      String prefix, Map<String, Object> options, Set<String> known) {
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    Map<String, Map<String, String>> more = new LinkedHashMap<>();
    options.forEach(
        (key, value) -> {
          int dot = key.indexOf('.');
          String name = dot < 0 ? key : key.substring(0, dot);
          checkName(prefix, name);
          values.putIfAbsent(name, null);
          if (dot < 0) {
            values.put(name, String.valueOf(value));
          } else {
            String word = key.substring(dot + 1);
            checkWord(prefix + key, word, known);
            more.computeIfAbsent(name, each -> new LinkedHashMap<>())
                .put(word, String.valueOf(value));
          }
        });
    return values.entrySet().stream()
        .map(
            entry ->
                new GroupedOptions(
                    entry.getKey(), entry.getValue(), more.getOrDefault(entry.getKey(), Map.of())))
        .toList();
  }

  /** Refuses a name that would be a header of Camel's own. */
  public static void checkName(String option, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (name.isBlank() || CAMELS_OWN.stream().anyMatch(lower::startsWith)) {
      throw new IllegalArgumentException(
          "option "
              + option
              + name
              + ": arguments become headers, and those that begin with 'Camel' are Camel's own; choose another name");
    }
  }

  private static void checkWord(String option, String word, Set<String> known) {
    if (!known.contains(word)) {
      throw new IllegalArgumentException(
          "option "
              + option
              + " is not known; there are "
              + String.join(", ", known.stream().sorted().toList()));
    }
  }

  public @Nullable String more(String word) {
    return more.get(word);
  }

  public boolean isTrue(String word) {
    return Boolean.parseBoolean(more.get(word));
  }

  /** The values between commas, none where the option is not there. */
  public List<String> list(String word) {
    return split(more.get(word));
  }

  /** The values between commas, without the blanks around them. */
  public static List<String> split(@Nullable String text) {
    return text == null
        ? List.of()
        : Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }
}
