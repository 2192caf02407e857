package io.mcprouter.integration.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mcprouter.config.NearestName;
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

  /** Shorter names are often alike and meant, such as x and y. */
  private static final int SHORTEST_MISSPELT = 4;

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
    List<GroupedOptions> members = List.copyOf(GroupedOptions.of(prefix, options, WORDS));
    members.forEach(member -> checkMeant(prefix, member, members));
    for (GroupedOptions member : members) {
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

  /** What is described without a type is a text, unless it is another one, misspelt. */
  private static void checkMeant(
      String prefix, GroupedOptions member, List<GroupedOptions> members) {
    if (member.value() != null
        || member.more("description") != null // who describes it means it
        || member.name().length() < SHORTEST_MISSPELT) {
      return;
    }
    List<String> declared =
        members.stream().filter(one -> one.value() != null).map(GroupedOptions::name).toList();
    NearestName.of(member.name(), declared)
        .ifPresent(
            meant -> {
              String option = prefix + member.name();
              throw new IllegalArgumentException(
                  "option %s has no type: is '%s' meant? (else write %s: string)"
                      .formatted(option, meant, option));
            });
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
