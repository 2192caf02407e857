package io.mcprouter.config.reader;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a YAML document with its place, after aliases and merge keys are resolved. */
public sealed interface Yaml {
  Position at();

  /** What the piece is, in words. */
  String kind();

  /**
   * A mapping in the order of the file.
   *
   * @param problems keys that cannot be used, such as the second of two equal ones
   */
  record Mapping(Position at, List<Pair> pairs, List<Problem> problems) implements Yaml {
    public Mapping {
      pairs = List.copyOf(pairs);
      problems = List.copyOf(problems);
    }

    public @Nullable Pair find(String key) {
      for (Pair pair : pairs) {
        if (pair.key().equals(key)) {
          return pair;
        }
      }
      return null;
    }

    @Override
    public String kind() {
      return "an object";
    }
  }

  /** A list. */
  record Sequence(Position at, List<Yaml> items) implements Yaml {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A single value, still as text. */
  record Scalar(Position at, Type type, String text) implements Yaml {
    @Override
    public String kind() {
      return switch (type) {
        case NULL -> "empty";
        case BOOLEAN -> "true or false";
        case INTEGER, FLOAT -> "a number";
        case TEXT -> "text";
      };
    }
  }

  /** Something that must not be in the file, such as a tag; whoever needs it reports it. */
  record Unusable(Position at, String reason) implements Yaml {
    @Override
    public String kind() {
      return reason;
    }
  }

  /** A key of a mapping and what it holds. */
  record Pair(String key, Position at, Yaml value) {}

  /** A key of a mapping that cannot be used. */
  record Problem(String key, Position at, String message) {}

  /** The types of YAML's core schema: {@code yes} and {@code on} are text, as in LibreChat. */
  enum Type {
    NULL,
    BOOLEAN,
    INTEGER,
    FLOAT,
    TEXT
  }
}
