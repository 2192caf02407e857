package io.mcprouter.config.reader;

import io.mcprouter.config.NearestName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one object in the file. Asking for a key checks its type; what is wrong is noted with
 * its place, and the default is given instead.
 */
public final class Fields {
  private final Yaml.Mapping mapping;
  private final String path;
  private final Faults faults;

  private Fields(Yaml.Mapping mapping, String path, Faults faults) {
    this.mapping = mapping;
    this.path = path;
    this.faults = faults;
  }

  /** The fields of an object that has known keys: others are noted. */
  public static Fields known(
      Yaml.Mapping mapping, String path, Faults faults, Collection<String> known) {
    Fields fields = open(mapping, path, faults);
    for (Yaml.Pair pair : mapping.pairs()) {
      if (!known.contains(pair.key())) {
        fields.unknown(pair, known);
      }
    }
    return fields;
  }

  /** The fields of an object whose keys are free. */
  public static Fields open(Yaml.Mapping mapping, String path, Faults faults) {
    for (Yaml.Problem problem : mapping.problems()) {
      faults.error(problem.at(), path + "." + problem.key(), problem.message());
    }
    return new Fields(mapping, path, faults);
  }

  /** The top of a file, whose other keys belong to others. */
  static Fields top(Yaml.Mapping mapping, Faults faults) {
    return new Fields(mapping, "", faults);
  }

  private void unknown(Yaml.Pair pair, Collection<String> known) {
    Optional<String> nearest = NearestName.of(pair.key(), known);
    if (nearest.isPresent()) {
      String message = "is no known key; did you mean '" + nearest.get() + "'?";
      faults.error(pair.at(), path(pair.key()), message);
    } else {
      faults.warning(pair.at(), path(pair.key()), "is no known key and has no effect; remove it");
    }
  }

  public List<Yaml.Pair> pairs() {
    return mapping.pairs();
  }

  public String path() {
    return path;
  }

  public String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  public Faults faults() {
    return faults;
  }

  public Position at() {
    return mapping.at();
  }

  /** Where a key stands, or the object where it is missing. */
  public Position at(String key) {
    Yaml.Pair pair = mapping.find(key);
    return pair == null ? mapping.at() : pair.at();
  }

  /** Where a key's value stands. */
  public Position valueAt(String key) {
    Yaml.Pair pair = mapping.find(key);
    return pair == null ? mapping.at() : pair.value().at();
  }

  public boolean has(String key) {
    return mapping.find(key) != null;
  }

  public void error(String key, String message) {
    faults.error(at(key), path(key), message);
  }

  void warning(String key, String message) {
    faults.warning(at(key), path(key), message);
  }

  /** The value of a key; null where it is missing or has none. */
  public @Nullable Yaml value(String key) {
    Yaml.Pair pair = mapping.find(key);
    if (pair == null) {
      return null;
    }
    if (pair.value() instanceof Yaml.Scalar scalar && scalar.type() == Yaml.Type.NULL) {
      warning(key, "has no value and counts as absent; give it one or remove it");
      return null;
    }
    return pair.value();
  }

  public @Nullable String text(String key) {
    Yaml value = value(key);
    return value == null ? null : text(value, path(key));
  }

  /** A text that must be there and say something. */
  public @Nullable String requiredText(String key) {
    if (!has(key)) {
      faults.error(at(), path, "has no '" + key + "', which is required; add it");
      return null;
    }
    String text = text(key);
    if (text != null && text.isBlank()) {
      error(key, "is blank; write what it is");
      return null;
    }
    return text;
  }

  private @Nullable String text(Yaml value, String where) {
    if (value instanceof Yaml.Scalar scalar && scalar.type() == Yaml.Type.TEXT) {
      return scalar.text();
    }
    boolean quotable = value instanceof Yaml.Scalar scalar && scalar.type() != Yaml.Type.NULL;
    String advice = quotable ? "; write it in quotes" : "";
    faults.error(value.at(), where, "must be text, but is " + value.kind() + advice);
    return null;
  }

  public @Nullable Boolean flag(String key) {
    Yaml value = value(key);
    if (value == null) {
      return null;
    }
    if (value instanceof Yaml.Scalar scalar && scalar.type() == Yaml.Type.BOOLEAN) {
      return isTrue(scalar);
    }
    faults.error(
        value.at(), path(key), "must be true or false without quotes, but is " + value.kind());
    return null;
  }

  public boolean flag(String key, boolean otherwise) {
    Boolean flag = flag(key);
    return flag == null ? otherwise : flag;
  }

  static boolean isTrue(Yaml.Scalar scalar) {
    return scalar.text().equalsIgnoreCase("true");
  }

  /** A whole number of milliseconds from 1 to the largest. */
  Duration milliseconds(String key, Duration otherwise, Duration largest) {
    Yaml value = value(key);
    if (value == null) {
      return otherwise;
    }
    Long number = wholeNumber(value, key, "a whole number of milliseconds");
    if (number == null) {
      return otherwise;
    }
    if (number == 0) {
      faults.error(
          value.at(),
          path(key),
          "is 0, so nothing could ever answer in time; remove it for the default of "
              + otherwise.toMillis()
              + " ms");
      return otherwise;
    }
    if (number < 0 || number > largest.toMillis()) {
      faults.error(
          value.at(), path(key), "must be from 1 to " + largest.toMillis() + " milliseconds");
      return otherwise;
    }
    return Duration.ofMillis(number);
  }

  /** The decimal whole number that a value is; noted and null where it is none. */
  public @Nullable Long wholeNumber(Yaml value, String key, String what) {
    if (value instanceof Yaml.Scalar scalar
        && scalar.type() == Yaml.Type.INTEGER
        && scalar.text().matches("[-+]?[0-9]{1,18}")) {
      return Long.valueOf(scalar.text());
    }
    String is =
        value instanceof Yaml.Scalar scalar && scalar.type() == Yaml.Type.TEXT
            ? "text; remove the quotes and units"
            : value instanceof Yaml.Scalar ? "a number of another form" : value.kind();
    faults.error(value.at(), path(key), "must be " + what + ", but is " + is);
    return null;
  }

  /** A list of texts; null where the key is missing. */
  public @Nullable List<Item> texts(String key) {
    Yaml value = value(key);
    if (value == null) {
      return null;
    }
    if (!(value instanceof Yaml.Sequence sequence)) {
      faults.error(value.at(), path(key), "must be a list of texts, but is " + value.kind());
      return null;
    }
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < sequence.items().size(); i++) {
      String where = path(key) + "[" + i + "]";
      String text = text(sequence.items().get(i), where);
      if (text != null) {
        items.add(new Item(where, sequence.items().get(i).at(), text));
      }
    }
    return items;
  }

  /** The same without their places, empty where the key is missing. */
  List<String> textList(String key) {
    List<Item> items = texts(key);
    return items == null ? List.of() : items.stream().map(Item::text).toList();
  }

  /** An object of texts by name; empty where the key is missing. */
  public Map<String, Item> textMap(String key) {
    Fields object = object(key);
    if (object == null) {
      return Map.of();
    }
    Map<String, Item> items = new LinkedHashMap<>();
    for (Yaml.Pair pair : object.pairs()) {
      String text = text(pair.value(), object.path(pair.key()));
      if (text != null) {
        items.put(pair.key(), new Item(object.path(pair.key()), pair.at(), text));
      }
    }
    return items;
  }

  /** An object with free keys; null where the key is missing. */
  public @Nullable Fields object(String key) {
    Yaml.Mapping object = mappingOf(key);
    return object == null ? null : open(object, path(key), faults);
  }

  /** An object with known keys; null where the key is missing. */
  public @Nullable Fields object(String key, Collection<String> known) {
    Yaml.Mapping object = mappingOf(key);
    return object == null ? null : known(object, path(key), faults, known);
  }

  private Yaml.@Nullable Mapping mappingOf(String key) {
    Yaml value = value(key);
    if (value == null || value instanceof Yaml.Mapping) {
      return (Yaml.Mapping) value;
    }
    faults.error(value.at(), path(key), "must be an object, but is " + value.kind());
    return null;
  }

  /** A text with its place. */
  public record Item(String path, Position at, String text) {}
}
