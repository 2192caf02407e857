package io.mcprouter.integration.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.integration.Json;
import io.mcprouter.integration.Schema;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.TypeConversionException;
import org.apache.camel.TypeConverter;

/** The JSON schema of a tool's arguments, ready to be used. */
final class ArgumentSchema {
  private final Schema schema;

  ArgumentSchema(Schema schema) {
    this.schema = schema;
  }

  /** What is wrong with arguments, without their values; empty where nothing is. */
  List<String> faults(byte[] arguments) throws IOException {
    return schema.faults(Json.MAPPER.readTree(arguments));
  }

  /**
   * The arguments that stand in headers: those whose name is a property of the schema.
   *
   * @throws IllegalArgumentException where a header is not of its property's type
   */
  byte[] fromHeaders(Exchange exchange) throws IOException {
    ObjectNode arguments = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> property : schema.json().path("properties").properties()) {
      Object value = exchange.getMessage().getHeader(property.getKey());
      if (value != null) {
        arguments.set(property.getKey(), argument(property, value, exchange));
      }
    }
    return Json.bytes(arguments);
  }

  private static JsonNode argument(
      Map.Entry<String, JsonNode> property, Object value, Exchange exchange) {
    Set<String> types = types(property.getValue());
    try {
      return argument(types, value, exchange.getContext().getTypeConverter());
    } catch (TypeConversionException
        | NoTypeConversionAvailableException
        | IllegalArgumentException
        | IOException e) {
      // the cause may hold the value
      throw new IllegalArgumentException(
          "The header '%s' cannot be an argument of type %s"
              .formatted(property.getKey(), String.join(" or ", types)));
    }
  }

  private static Set<String> types(JsonNode property) {
    Set<String> types = new TreeSet<>();
    JsonNode type = property.path("type");
    if (type.isTextual()) {
      types.add(type.asText());
    } else {
      type.forEach(each -> types.add(each.asText()));
    }
    types.remove("null");
    return types;
  }

  private static JsonNode argument(Set<String> types, Object value, TypeConverter converter)
      throws NoTypeConversionAvailableException, IOException {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    String type = types.size() == 1 ? types.iterator().next() : "";
    return switch (type) {
      case "integer" -> nodes.numberNode(new BigInteger(text(value, converter)));
      case "number" -> nodes.numberNode(new BigDecimal(text(value, converter)));
      case "boolean" -> nodes.booleanNode(converter.mandatoryConvertTo(Boolean.class, value));
      case "string" -> nodes.textNode(converter.mandatoryConvertTo(String.class, value));
      case "array", "object" ->
          value instanceof CharSequence written
              ? Json.MAPPER.readTree(written.toString())
              : Json.MAPPER.valueToTree(value);
      default -> Json.MAPPER.valueToTree(value);
    };
  }

  private static String text(Object value, TypeConverter converter)
      throws NoTypeConversionAvailableException {
    return converter.mandatoryConvertTo(String.class, value).strip();
  }
}
