package io.mcprouter.config.reader;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mcprouter.config.RouterOptions;
import io.mcprouter.config.TemplateUse;
import io.mcprouter.protocol.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code router.template}: a name, or a list of names and of objects with one name and its
 * parameters. Which templates there are, and which parameters they have, is known to the routes.
 */
final class TemplatesReader {
  private static final String KEY = "template";
  private static final int MOST = 20;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

  private final Faults faults;

  private TemplatesReader(Faults faults) {
    this.faults = faults;
  }

  static List<TemplateUse> read(Fields router) {
    Yaml value = router.value(KEY);
    if (value == null) {
      return RouterOptions.DEFAULT_TEMPLATES;
    }
    TemplatesReader reader = new TemplatesReader(router.faults());
    String path = router.path(KEY);
    return value instanceof Yaml.Sequence sequence
        ? reader.list(sequence, path)
        : reader.uses(List.of(value), path, false);
  }

  private List<TemplateUse> list(Yaml.Sequence sequence, String path) {
    if (sequence.items().isEmpty() || sequence.items().size() > MOST) {
      faults.error(
          sequence.at(),
          path,
          "must name from 1 to " + MOST + " route templates; remove the key for the default");
      return RouterOptions.DEFAULT_TEMPLATES;
    }
    return uses(sequence.items(), path, true);
  }

  private List<TemplateUse> uses(List<Yaml> items, String path, boolean indexed) {
    List<TemplateUse> uses = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      TemplateUse use = use(items.get(i), indexed ? path + "[" + i + "]" : path);
      if (use != null) {
        uses.add(use);
      }
    }
    return uses.isEmpty() ? RouterOptions.DEFAULT_TEMPLATES : uses;
  }

  private @Nullable TemplateUse use(Yaml item, String path) {
    if (item instanceof Yaml.Scalar scalar && scalar.type() == Yaml.Type.TEXT) {
      return named(scalar.text(), item.at(), path, Map.of());
    }
    if (item instanceof Yaml.Mapping mapping) {
      mapping.problems().forEach(each -> faults.error(each.at(), path, each.message()));
      if (mapping.pairs().size() == 1) {
        Yaml.Pair pair = mapping.pairs().getFirst();
        return named(pair.key(), pair.at(), path, parameters(pair, path + "." + pair.key()));
      }
    }
    faults.error(
        item.at(),
        path,
        "must be the name of a route template, or an object with one name and its parameters, but"
            + " is "
            + (item instanceof Yaml.Mapping ? "an object with several keys or none" : item.kind()));
    return null;
  }

  private @Nullable TemplateUse named(
      String name, Position at, String path, Map<String, String> parameters) {
    if (!NAME.matcher(name).matches()) {
      faults.error(
          at, path, "is no name of a route template; use letters, digits, '-', '_' and '.'");
      return null;
    }
    return new TemplateUse(name, parameters, faults.location(at));
  }

  private Map<String, String> parameters(Yaml.Pair use, String path) {
    Map<String, String> parameters = new LinkedHashMap<>();
    switch (use.value()) {
      case Yaml.Scalar scalar when scalar.type() == Yaml.Type.NULL -> {}
      case Yaml.Mapping mapping -> {
        mapping.problems().forEach(each -> faults.error(each.at(), path, each.message()));
        mapping.pairs().forEach(pair -> put(parameters, pair, path + "." + pair.key()));
      }
      default ->
          faults.error(
              use.value().at(),
              path,
              "must be an object with the template's parameters, but is " + use.value().kind());
    }
    return parameters;
  }

  private void put(Map<String, String> parameters, Yaml.Pair pair, String path) {
    if (pair.value() instanceof Yaml.Scalar scalar) {
      if (scalar.type() == Yaml.Type.NULL) {
        faults.error(pair.at(), path, "has no value; give it one or remove it");
      } else {
        parameters.put(pair.key(), scalar.text());
      }
      return;
    }
    byte[] json = JsonText.write(out -> write(pair.value(), path, out));
    parameters.put(pair.key(), withoutPairs(new String(json, StandardCharsets.UTF_8)));
  }

  /** The same JSON without two braces side by side, which Camel would take for a placeholder's. */
  private static String withoutPairs(String json) {
    StringBuilder out = new StringBuilder(json.length());
    boolean quoted = false;
    for (int at = 0; at < json.length(); at++) {
      char c = json.charAt(at);
      boolean pair = (c == '{' || c == '}') && at > 0 && json.charAt(at - 1) == c;
      if (pair && quoted) {
        out.append("\\u00").append(Integer.toHexString(c));
      } else {
        out.append(pair ? " " : "").append(c);
      }
      if (c == '\\') {
        out.append(json.charAt(++at));
      } else if (c == '"') {
        quoted = !quoted;
      }
    }
    return out.toString();
  }

  private void write(Yaml value, String path, JsonGenerator out) throws IOException {
    switch (value) {
      case Yaml.Scalar scalar -> scalar(scalar, out);
      case Yaml.Sequence sequence -> {
        out.writeStartArray();
        for (Yaml item : sequence.items()) {
          write(item, path, out);
        }
        out.writeEndArray();
      }
      case Yaml.Mapping mapping -> {
        mapping.problems().forEach(each -> faults.error(each.at(), path, each.message()));
        out.writeStartObject();
        for (Yaml.Pair pair : mapping.pairs()) {
          out.writeFieldName(pair.key());
          write(pair.value(), path, out);
        }
        out.writeEndObject();
      }
      case Yaml.Unusable unusable -> {
        faults.error(unusable.at(), path, "must be plain YAML, but is " + unusable.reason());
        out.writeNull();
      }
    }
  }

  private static void scalar(Yaml.Scalar scalar, JsonGenerator out) throws IOException {
    switch (scalar.type()) {
      case NULL -> out.writeNull();
      case BOOLEAN -> out.writeBoolean(Fields.isTrue(scalar));
      case INTEGER, FLOAT -> number(scalar.text(), out);
      case TEXT -> out.writeString(scalar.text());
    }
  }

  /** YAML has forms of numbers that JSON has not; those stay text. */
  private static void number(String text, JsonGenerator out) throws IOException {
    if (text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?")) {
      out.writeNumber(text);
    } else {
      out.writeString(text);
    }
  }
}
