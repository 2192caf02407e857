package io.mcprouter.integration.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.integration.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads an operation of a document: its parameters and its body become the members of one schema.
 * Parameters in headers and cookies are left out, since no caller sets those; a step of the route
 * can.
 */
final class OperationReader {
  private static final String BODY = "body";
  private static final String JSON = "application/json";

  private final OpenApiDocument document;
  private final String name;
  private final SchemaCopy schemas;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final ObjectNode properties = Json.MAPPER.createObjectNode();
  private final ArrayNode required = Json.MAPPER.createArrayNode();

  OperationReader(OpenApiDocument document, String name) {
    this.document = document;
    this.name = name;
    this.schemas = new SchemaCopy(document);
  }

  /**
   * @throws IllegalArgumentException where it cannot be a tool, saying why
   */
  Operation read(String method, String path, JsonNode item, JsonNode operation) {
    Map<String, JsonNode> declared = new LinkedHashMap<>();
    for (JsonNode list : List.of(item.path("parameters"), operation.path("parameters"))) {
      for (JsonNode each : list) {
        JsonNode parameter = document.resolved(each);
        declared.put(
            parameter.path("in").asText() + ' ' + parameter.path("name").asText(), parameter);
      }
    }
    declared.values().forEach(this::add);
    checkPath(path);
    String bodyType = body(document.resolved(operation.path("requestBody")));
    return new Operation(
        name,
        method,
        path,
        Map.copyOf(parameters),
        bodyType,
        schema(),
        operation.path("summary").asText(null),
        operation.path("description").asText(null));
  }

  private void add(JsonNode parameter) {
    Parameter.Place place =
        switch (parameter.path("in").asText()) {
          case "path" -> Parameter.Place.PATH;
          case "query" -> Parameter.Place.QUERY;
          default -> null;
        };
    if (place == null) {
      return;
    }
    boolean needed = place == Parameter.Place.PATH || parameter.path("required").asBoolean();
    String parameterName = parameter.path("name").asText();
    ObjectNode schema = schemas.of(parameter.path("schema"));
    if (!isSimple(place, parameter, schema)) {
      if (needed) {
        throw cannot("its parameter '" + parameterName + "' is written in a way that is not known");
      }
      return;
    }
    boolean exploded = parameter.path("explode").asBoolean(place == Parameter.Place.QUERY);
    parameters.put(parameterName, new Parameter(parameterName, place, exploded));
    property(parameterName, schema, parameter.path("description").asText(null), needed);
  }

  /** Of all the ways to write a parameter, those that most documents use. */
  private static boolean isSimple(Parameter.Place place, JsonNode parameter, JsonNode schema) {
    String style = place == Parameter.Place.PATH ? "simple" : "form";
    String type = schema.path("type").asText("string");
    return parameter.has("schema")
        && parameter.path("style").asText(style).equals(style)
        && !type.equals("object")
        && !schema.has("properties")
        && !parameter.path("allowReserved").asBoolean();
  }

  private void checkPath(String path) {
    String rest = path;
    for (Parameter parameter : parameters.values()) {
      if (parameter.place() == Parameter.Place.PATH) {
        rest = rest.replace("{" + parameter.name() + "}", "");
      }
    }
    if (rest.contains("{") || !path.startsWith("/")) {
      throw cannot("its path '" + path + "' has a variable that is no parameter");
    }
  }

  private @Nullable String body(JsonNode body) {
    if (!(body.path("content") instanceof ObjectNode content) || content.isEmpty()) {
      return null;
    }
    String type = null;
    for (Map.Entry<String, JsonNode> each : content.properties()) {
      String plain = each.getKey().replaceFirst(";.*", "").strip();
      if (type == null && (plain.equals(JSON) || plain.endsWith("+json"))) {
        type = plain;
        property(
            BODY,
            schemas.of(each.getValue().path("schema")),
            body.path("description").asText(null),
            body.path("required").asBoolean());
      }
    }
    if (type == null && body.path("required").asBoolean()) {
      throw cannot("its body is no JSON");
    }
    return type;
  }

  private void property(
      String property, ObjectNode schema, @Nullable String description, boolean needed) {
    if (properties.has(property)) {
      throw cannot("two of its parameters, or one and its body, have the name '" + property + "'");
    }
    if (description != null && !schema.has("$ref")) {
      schema.put("description", description);
    }
    properties.set(property, schema);
    if (needed) {
      required.add(property);
    }
  }

  private ObjectNode schema() {
    ObjectNode schema = Json.MAPPER.createObjectNode().put("type", "object");
    schema.set("properties", properties);
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    schema.put("additionalProperties", false);
    ObjectNode shared = schemas.shared();
    if (!shared.isEmpty()) {
      schema.set("$defs", shared);
    }
    return schema;
  }

  private IllegalArgumentException cannot(String why) {
    return document.wrong("the operation '" + name + "' cannot be a tool: " + why);
  }
}
