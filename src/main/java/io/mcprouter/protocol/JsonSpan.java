package io.mcprouter.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A value inside JSON text that was already found well-formed: where it begins and ends. Members
 * and elements are looked up by walking, nothing is copied or converted until asked for, and {@link
 * #bytes()} gives the value exactly as written.
 */
public final class JsonSpan {
  /** Without Jackson's own bound on strings: the message's bound holds. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private final byte[] json;
  private final int from;
  private final int to;

  JsonSpan(byte[] json, int from, int to) {
    this.json = json;
    this.from = from;
    this.to = to;
  }

  /** Checks that {@code json} is one JSON value and returns it without the blanks around it. */
  public static JsonSpan parse(byte[] json, int maxDepth) throws MalformedMessage {
    JsonScanner scanner = new JsonScanner(json, json.length, maxDepth);
    int from = scanner.skipBlanks(0);
    int to = scanner.skipValue(from, 0);
    int rest = scanner.skipBlanks(to);
    if (rest != json.length) {
      throw MalformedMessage.notJson("text behind the value", rest);
    }
    return new JsonSpan(json, from, to);
  }

  public boolean isObject() {
    return json[from] == '{';
  }

  public boolean isArray() {
    return json[from] == '[';
  }

  public boolean isString() {
    return json[from] == '"';
  }

  public boolean isTrue() {
    return json[from] == 't';
  }

  public boolean isNull() {
    return json[from] == 'n';
  }

  public int length() {
    return to - from;
  }

  /** The value exactly as written. */
  public byte[] bytes() {
    return Arrays.copyOfRange(json, from, to);
  }

  /** The characters of a string, escapes resolved; of any other value its JSON text. */
  public String text() {
    if (!isString()) {
      return json();
    }
    for (int at = from + 1; at < to - 1; at++) {
      if (json[at] == '\\') {
        return decoded();
      }
    }
    return new String(json, from + 1, to - from - 2, StandardCharsets.UTF_8);
  }

  private String decoded() {
    try (JsonParser parser = JSON.createParser(json, from, to - from)) {
      parser.nextToken();
      return parser.getText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The JSON text of the value. */
  public String json() {
    return new String(json, from, to - from, StandardCharsets.UTF_8);
  }

  /** The member of this object with that name, or null; the last one where a name stands twice. */
  public @Nullable JsonSpan member(String name) {
    JsonSpan[] found = new JsonSpan[1];
    forEachMember(
        (key, value) -> {
          if (key.equals(name)) {
            found[0] = value;
          }
        });
    return found[0];
  }

  /** The member at the end of a path of names, or null. */
  public @Nullable JsonSpan at(String... path) {
    JsonSpan value = this;
    for (String name : path) {
      value = value.member(name);
      if (value == null) {
        return null;
      }
    }
    return value;
  }

  /** The text of a string member, or null where it is absent or no string. */
  public @Nullable String string(String name) {
    JsonSpan value = member(name);
    return value != null && value.isString() ? value.text() : null;
  }

  /**
   * Calls {@code visitor} for each member in the order written; does nothing when this is no
   * object.
   */
  public void forEachMember(BiConsumer<String, JsonSpan> visitor) {
    if (!isObject()) {
      return;
    }
    walk(
        (scanner, at) -> {
          int keyEnd = scanner.skipKey(at);
          int value = scanner.skipBlanks(scanner.expect(':', scanner.skipBlanks(keyEnd)));
          int valueEnd = scanner.skipValue(value, 0);
          visitor.accept(
              new JsonSpan(json, at, keyEnd).text(), new JsonSpan(json, value, valueEnd));
          return valueEnd;
        });
  }

  /** The elements of this array in order; none when this is no array. */
  public List<JsonSpan> elements() {
    List<JsonSpan> elements = new ArrayList<>();
    if (isArray()) {
      walk(
          (scanner, at) -> {
            int valueEnd = scanner.skipValue(at, 0);
            elements.add(new JsonSpan(json, at, valueEnd));
            return valueEnd;
          });
    }
    return elements;
  }

  private void walk(Item item) {
    JsonScanner scanner = new JsonScanner(json, to, Integer.MAX_VALUE);
    try {
      int at = scanner.skipBlanks(from + 1);
      while (at < to - 1) {
        at = scanner.skipBlanks(item.visit(scanner, at));
        if (at < to - 1) {
          at = scanner.skipBlanks(scanner.expect(',', at));
        }
      }
    } catch (MalformedMessage e) {
      throw new IllegalStateException("a span over text that was not checked", e);
    }
  }

  /** How many bytes behind the beginning of {@code outer}, which holds this value, it begins. */
  public int offsetIn(JsonSpan outer) {
    return from - outer.from;
  }

  /** Bytes around this value, for whoever replaces it. */
  int from() {
    return from;
  }

  int to() {
    return to;
  }

  @Override
  public String toString() {
    return "JsonSpan[" + from + ".." + to + "]";
  }

  private interface Item {
    int visit(JsonScanner scanner, int at) throws MalformedMessage;
  }
}
