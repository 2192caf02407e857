package io.mcprouter.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.SpecVersionDetector;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.DisallowSchemaLoader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A JSON schema, compiled once; 2020-12 where it names no other. Safe to use from any thread.
 *
 * @param json as it is published
 */
public record Schema(JsonNode json, JsonSchema compiled) {
  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder().locale(Locale.ENGLISH).build();

  /**
   * Compiles the schema of an object.
   *
   * @param option where it stands, for messages
   * @throws IllegalArgumentException where it is no schema of an object, which MCP asks for
   */
  public static Schema ofObject(String option, JsonNode json) {
    if (!json.isObject() || !json.path("type").asText("object").equals("object")) {
      throw new IllegalArgumentException(
          "option " + option + ": the schema of an object is needed, with \"type\": \"object\"");
    }
    try {
      SpecVersion.VersionFlag version =
          SpecVersionDetector.detectOptionalVersion(json, false)
              .orElse(SpecVersion.VersionFlag.V202012);
      JsonSchema compiled = JsonSchemaFactory.getInstance(version).getSchema(json, CONFIG);
      compiled.initializeValidators();
      return new Schema(json, compiled);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "option " + option + ": no usable JSON schema: " + e.getMessage(), e);
    }
  }

  /**
   * Compiles a schema that a server wrote: what it refers to outside itself is never fetched, and
   * its name means nothing, since another server may give it to another schema.
   */
  public static Schema ofServer(JsonNode json) {
    JsonSchemaFactory factory =
        JsonSchemaFactory.getInstance(
            SpecVersionDetector.detectOptionalVersion(json, false)
                .orElse(SpecVersion.VersionFlag.V202012),
            builder ->
                builder
                    .enableSchemaCache(false)
                    .schemaLoaders(loaders -> loaders.add(DisallowSchemaLoader.getInstance())));
    JsonSchema compiled = factory.getSchema(json, CONFIG);
    compiled.initializeValidators();
    return new Schema(json, compiled);
  }

  /** What is wrong with a value, each in words that say where; empty where nothing is. */
  public List<String> faults(JsonNode value) {
    return compiled.validate(value).stream().map(Schema::told).sorted().toList();
  }

  /** A fault of the whole has no place in it, and begins with the empty one. */
  private static String told(ValidationMessage fault) {
    String message = fault.getMessage();
    return message.startsWith(": ") ? message.substring(2) : message;
  }

  /**
   * Refuses a default of a member that callers could not give themselves: those who leave it out
   * would be told of a fault that is not theirs.
   *
   * @param prefix what the names of members begin with, for messages
   * @throws IllegalArgumentException where one does not fit, saying which
   */
  public void checkDefaults(String prefix) {
    for (Map.Entry<String, JsonNode> member : json.path("properties").properties()) {
      JsonNode byDefault = member.getValue().get("default");
      if (byDefault != null) {
        checkDefault(prefix, member.getKey(), byDefault);
      }
    }
  }

  private void checkDefault(String prefix, String name, JsonNode byDefault) {
    JsonNode whole = JsonNodeFactory.instance.objectNode().set(name, byDefault);
    List<String> faults =
        compiled.validate(whole).stream()
            .filter(fault -> fault.getEvaluationPath().getName(0).equals("properties"))
            .map(fault -> reason(byDefault, fault))
            .sorted()
            .toList();
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(
          "default of " + prefix + name + ": " + String.join("; ", faults));
    }
  }

  private static String reason(JsonNode byDefault, ValidationMessage fault) {
    JsonNode choices = fault.getSchemaNode();
    if (!fault.getType().equals("enum") || !choices.isArray()) {
      return told(fault);
    }
    return "'"
        + byDefault.asText()
        + "' is none of "
        + StreamSupport.stream(choices.spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(", "));
  }
}
