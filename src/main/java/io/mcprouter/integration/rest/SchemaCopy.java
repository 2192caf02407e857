package io.mcprouter.integration.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.integration.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Copies schemas out of a document, with all that they refer to, which comes to stand under {@code
 * $defs}; what OpenAPI 3.0 writes in its own way becomes JSON schema.
 */
final class SchemaCopy {
  private static final String REF = "$ref";

  /** Words of OpenAPI that say nothing to a validator or a model. */
  private static final Set<String> OWN_WORDS =
      Set.of("discriminator", "xml", "externalDocs", "example", "nullable");

  private static final Map<String, String> BOUNDS =
      Map.of("exclusiveMinimum", "minimum", "exclusiveMaximum", "maximum");

  private final OpenApiDocument document;
  private final Map<String, String> names = new TreeMap<>();
  private final Deque<String> open = new ArrayDeque<>();

  SchemaCopy(OpenApiDocument document) {
    this.document = document;
  }

  /** The schema; one that accepts anything where there is none. */
  ObjectNode of(JsonNode schema) {
    JsonNode copy = copy(schema);
    return copy instanceof ObjectNode object ? object : Json.MAPPER.createObjectNode();
  }

  /** What the copied schemas refer to, under the names that they have for it. */
  ObjectNode shared() {
    ObjectNode shared = Json.MAPPER.createObjectNode();
    while (!open.isEmpty()) {
      String reference = open.remove();
      JsonNode target = document.resolved(Json.MAPPER.createObjectNode().put(REF, reference));
      shared.set(names.get(reference), copy(target));
    }
    return shared;
  }

  private JsonNode copy(JsonNode schema) {
    if (schema instanceof ArrayNode list) {
      ArrayNode copies = Json.MAPPER.createArrayNode();
      list.forEach(each -> copies.add(copy(each)));
      return copies;
    }
    if (!(schema instanceof ObjectNode object)) {
      return schema;
    }
    if (object.path(REF).isTextual()) {
      return Json.MAPPER.createObjectNode().put(REF, "#/$defs/" + name(object.path(REF).asText()));
    }
    ObjectNode copy = Json.MAPPER.createObjectNode();
    object.properties().forEach(member -> put(copy, object, member.getKey(), member.getValue()));
    return object.path("nullable").asBoolean() ? orNull(copy) : copy;
  }

  private void put(ObjectNode copy, ObjectNode from, String word, JsonNode value) {
    if (word.equals("properties") && value.isObject()) {
      ObjectNode members = copy.putObject(word); // whose names may be any words
      value.properties().forEach(member -> members.set(member.getKey(), copy(member.getValue())));
    } else if (BOUNDS.containsKey(word) && value.isBoolean()) {
      String bound = BOUNDS.get(word);
      if (value.asBoolean() && from.has(bound)) {
        copy.set(word, from.get(bound));
      }
    } else if (word.equals("enum") || word.equals("default") || word.equals("const")) {
      copy.set(word, value);
    } else if (!OWN_WORDS.contains(word) && !word.startsWith("x-")) {
      copy.set(word, copy(value));
    }
  }

  private static ObjectNode orNull(ObjectNode schema) {
    if (!schema.path("type").isTextual()) {
      return schema;
    }
    ArrayNode types = Json.MAPPER.createArrayNode().add(schema.path("type").asText()).add("null");
    schema.set("type", types);
    if (schema.path("enum") instanceof ArrayNode values) {
      schema.set("enum", values.deepCopy().addNull());
    }
    return schema;
  }

  private String name(String reference) {
    return names.computeIfAbsent(
        reference,
        wanted -> {
          open.add(wanted);
          String last = wanted.substring(wanted.lastIndexOf('/') + 1);
          String name = last.replaceAll("[^A-Za-z0-9_]", "_");
          return names.containsValue(name) ? name + '_' + names.size() : name;
        });
  }
}
