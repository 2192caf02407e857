package io.mcprouter.cli;

import io.mcprouter.config.NearestName;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import io.mcprouter.protocol.JsonText;
import io.mcprouter.protocol.MalformedMessage;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the arguments of a tool from {@code key=value}, with the types that its schema asks for.
 */
final class ToolArguments {
  private static final List<String> BRANCHES = List.of("anyOf", "oneOf");

  private ToolArguments() {}

  /**
   * The JSON object.
   *
   * @param schema the tool's input schema, or null where it is not known: then all is text
   * @param wrong makes what is thrown for a value that cannot be taken
   */
  static byte[] of(
      List<String> values,
      @Nullable JsonSpan schema,
      Function<String, ? extends RuntimeException> wrong) {
    Map<String, byte[]> arguments = new LinkedHashMap<>();
    for (String value : values) {
      int equals = value.indexOf('=');
      if (equals <= 0) {
        throw wrong.apply("'" + value + "' is no KEY=VALUE");
      }
      String key = value.substring(0, equals);
      byte[] token = token(value.substring(equals + 1), property(schema, key));
      if (arguments.put(key, token) != null) {
        throw wrong.apply("'" + key + "' is given twice");
      }
    }
    return JsonText.write(
        json -> {
          json.writeStartObject();
          for (Map.Entry<String, byte[]> argument : arguments.entrySet()) {
            json.writeFieldName(argument.getKey());
            JsonText.raw(json, argument.getValue());
          }
          json.writeEndObject();
        });
  }

  /**
   * What to say of each argument that the tool's schema does not name; nothing where the schema is
   * not known, names none or takes others as well.
   */
  static List<String> unknown(List<String> values, @Nullable JsonSpan schema) {
    JsonSpan properties = schema == null ? null : schema.member("properties");
    if (schema == null || properties == null || takesOthers(schema)) {
      return List.of();
    }
    Set<String> known = new LinkedHashSet<>();
    properties.forEachMember((name, property) -> known.add(name));
    return values.stream()
        .map(value -> value.substring(0, value.indexOf('=')))
        .filter(key -> !known.contains(key))
        .map(key -> "names no argument '" + key + "'" + instead(key, known))
        .toList();
  }

  private static boolean takesOthers(JsonSpan schema) {
    JsonSpan others = schema.member("additionalProperties");
    return schema.member("patternProperties") != null || (others != null && !isFalse(others));
  }

  private static boolean isFalse(JsonSpan value) {
    return value.json().equals("false");
  }

  private static String instead(String key, Set<String> known) {
    return NearestName.of(key, known)
        .map(nearest -> "; did you mean '" + nearest + "'?")
        .orElse(known.isEmpty() ? "" : "; it names: " + String.join(", ", known));
  }

  private static @Nullable JsonSpan property(@Nullable JsonSpan schema, String key) {
    return schema == null ? null : schema.at("properties", key);
  }

  private static byte[] token(String value, @Nullable JsonSpan schema) {
    JsonSpan parsed = schema == null ? null : parsed(value);
    if (parsed == null || schema == null) {
      return JsonText.quoted(value);
    }
    Set<String> wanted = types(schema);
    return wanted.isEmpty() || kinds(parsed).stream().anyMatch(wanted::contains)
        ? parsed.bytes()
        : JsonText.quoted(value);
  }

  /** The value as JSON, unless it is none or a string: quotation marks are taken for themselves. */
  private static @Nullable JsonSpan parsed(String value) {
    try {
      JsonSpan parsed =
          JsonSpan.parse(value.getBytes(StandardCharsets.UTF_8), Frame.DEFAULT_MAX_DEPTH);
      return parsed.isString() ? null : parsed;
    } catch (MalformedMessage text) {
      return null;
    }
  }

  private static Set<String> kinds(JsonSpan value) {
    if (value.isObject()) {
      return Set.of("object");
    }
    if (value.isArray()) {
      return Set.of("array");
    }
    return switch (value.json()) {
      case "true", "false" -> Set.of("boolean");
      case "null" -> Set.of("null");
      default -> Set.of("number", "integer");
    };
  }

  /** The types that a schema names; none where it takes anything. */
  private static Set<String> types(JsonSpan schema) {
    Set<String> types = new HashSet<>();
    JsonSpan type = schema.member("type");
    if (type != null) {
      (type.isArray() ? type.elements() : List.of(type)).forEach(one -> types.add(one.text()));
    }
    for (String branch : BRANCHES) {
      JsonSpan branches = schema.member(branch);
      if (branches != null) {
        branches.elements().forEach(one -> types.addAll(types(one)));
      }
    }
    return types;
  }
}
