package io.mcprouter.cli.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.config.reader.Faults;
import io.mcprouter.config.reader.Fields;
import io.mcprouter.config.reader.Yaml;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** A piece of YAML as the JSON that it says. */
final class YamlJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private YamlJson() {}

  static JsonNode of(Yaml value, String path, Faults faults) {
    return switch (value) {
      case Yaml.Mapping mapping -> object(Fields.open(mapping, path, faults));
      case Yaml.Sequence sequence -> {
        ArrayNode list = NODES.arrayNode();
        sequence.items().forEach(item -> list.add(of(item, path, faults)));
        yield list;
      }
      case Yaml.Scalar scalar -> scalar(scalar, path, faults);
      case Yaml.Unusable unusable -> {
        faults.error(unusable.at(), path, "must be plain YAML, but is " + unusable.reason());
        yield NODES.nullNode();
      }
    };
  }

  /** The object that a key has; null where it is missing, or none, which is noted. */
  static @Nullable ObjectNode object(Fields fields, String key) {
    Fields object = fields.object(key);
    return object == null ? null : object(object);
  }

  private static ObjectNode object(Fields fields) {
    ObjectNode object = NODES.objectNode();
    fields
        .pairs()
        .forEach(
            pair ->
                object.set(pair.key(), of(pair.value(), fields.path(pair.key()), fields.faults())));
    return object;
  }

  private static JsonNode scalar(Yaml.Scalar scalar, String path, Faults faults) {
    try {
      return switch (scalar.type()) {
        case NULL -> NODES.nullNode();
        case BOOLEAN -> NODES.booleanNode(scalar.text().equalsIgnoreCase("true"));
        case INTEGER -> NODES.numberNode(new BigInteger(scalar.text()));
        case FLOAT -> NODES.numberNode(new BigDecimal(scalar.text()));
        case TEXT -> NODES.textNode(scalar.text());
      };
    } catch (NumberFormatException other) {
      faults.error(scalar.at(), path, "is a number that JSON has no form for; write it in decimal");
      return NODES.nullNode();
    }
  }
}
