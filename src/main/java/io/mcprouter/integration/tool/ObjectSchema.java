package io.mcprouter.integration.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mcprouter.integration.Json;
import io.mcprouter.integration.server.GroupedOptions;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a JSON schema of options such as {@code parameter.city=string}. */
final class ObjectSchema {
  private static final Set<String> WORDS = Set.of("description", "required", "enum", "default");
  private static final List<String> TYPES =
      List.of("string", "integer", "number", "boolean", "array", "object");

  private ObjectSchema() {}

  /**
   * The schema of an object with these members and no others.
   *
   * @param prefix what the options begin with, for messages
   * @throws IllegalArgumentException where an option is wrong, saying which
   */
  static ObjectNode of(String prefix, Map<String, Object> options) {
    ObjectNode schema = Json.MAPPER.createObjectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = Json.MAPPER.createArrayNode();
    for (GroupedOptions member : GroupedOptions.of(prefix, options, WORDS)) {
      properties.set(member.name(), property(prefix, member));
      if (member.isTrue("required")) {
        required.add(member.name());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema.put("additionalProperties", false);
  }

  private static ObjectNode property(String prefix, GroupedOptions member) {
    String option = prefix + member.name();
    String type = member.value() == null ? "string" : member.value();
    if (!TYPES.contains(type)) {
      throw new IllegalArgumentException(
          "option "
              + option
              + ": '"
              + type
              + "' is no type; there are "
              + String.join(", ", TYPES));
    }
    ObjectNode property = Json.MAPPER.createObjectNode().put("type", type);
    String description = member.more("description");
    if (description != null) {
      property.put("description", description);
    }
    List<String> values = member.list("enum");
    if (!values.isEmpty()) {
      ArrayNode choices = property.putArray("enum");
      values.forEach(value -> choices.add(typed(option + ".enum", type, value)));
    }
    String byDefault = member.more("default");
    if (byDefault != null) {
      property.set("default", typed(option + ".default", type, byDefault));
    }
    return property;
  }

  private static JsonNode typed(String option, String type, String value) {
    try {
      return switch (type) {
        case "string" -> TextNode.valueOf(value);
        case "integer" -> Json.MAPPER.getNodeFactory().numberNode(Long.parseLong(value));
        case "number" -> Json.MAPPER.getNodeFactory().numberNode(new BigDecimal(value));
        default -> Json.MAPPER.readTree(value);
      };
    } catch (NumberFormatException | JsonProcessingException e) {
      throw new IllegalArgumentException("option " + option + ": '" + value + "' is no " + type, e);
    }
  }
}
