package io.mcprouter.integration.tool;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.config.AccessRules;
import io.mcprouter.integration.Json;
import io.mcprouter.integration.Schema;
import io.mcprouter.integration.server.GroupedOptions;
import io.mcprouter.integration.server.ItemJson;
import io.mcprouter.integration.server.Terms;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * What the options of a tool say, read once when its route starts.
 *
 * @param json the tool as lists show it
 * @param output what a structured result must fit, or null
 */
record Description(ObjectNode json, Schema input, @Nullable Schema output, Terms terms) {
  private static final String TAGS = "io.mcprouter/tags";
  private static final Set<String> NO_WORDS = Set.of();

  /**
   * @throws IllegalArgumentException where an option is wrong, saying which
   */
  static Description of(CamelContext camel, String name, ToolConfiguration options) {
    Schema input = input(camel, options);
    Schema output = output(camel, options);
    ObjectNode json =
        new ItemJson(camel, checked(name))
            .with("title", options.getTitle())
            .with("description", options.getDescription() == null ? name : options.getDescription())
            .icons(options.getIcons())
            .with("inputSchema", input.json())
            .with("outputSchema", output == null ? null : output.json())
            .json();
    annotate(json, options);
    return new Description(json, input, output, terms(options));
  }

  private static String checked(String name) {
    if (!name.matches("[A-Za-z0-9_.-]{1,128}")) {
      throw new IllegalArgumentException(
          "'" + name + "' is no name of a tool: 1 to 128 of A-Z, a-z, 0-9, '_', '-' and '.'");
    }
    return name;
  }

  private static Schema input(CamelContext camel, ToolConfiguration options) {
    String schema = options.getInputSchema();
    if (schema != null && options.getArgSchema() != null) {
      throw new IllegalArgumentException("argSchema and inputSchema say the same; keep one");
    }
    String option = schema == null ? "argSchema" : "inputSchema";
    Schema input =
        schema(
            camel, option, schema == null ? options.getArgSchema() : schema, "parameter.", options);
    if (input == null) {
      Schema ofParameters =
          Schema.ofObject("parameter", ObjectSchema.of("parameter.", options.getParameters()));
      ofParameters.checkDefaults("parameter.");
      return ofParameters;
    }
    input.checkDefaults(option + ".");
    input
        .json()
        .path("properties")
        .fieldNames()
        .forEachRemaining(name -> GroupedOptions.checkName(option + ": ", name));
    return input;
  }

  private static @Nullable Schema output(CamelContext camel, ToolConfiguration options) {
    Schema output =
        schema(camel, "outputSchema", options.getOutputSchema(), "outputParameter.", options);
    if (output != null || options.getOutputParameters().isEmpty()) {
      return output;
    }
    return Schema.ofObject(
        "outputParameter", ObjectSchema.of("outputParameter.", options.getOutputParameters()));
  }

  private static @Nullable Schema schema(
      CamelContext camel,
      String option,
      @Nullable String value,
      String prefix,
      ToolConfiguration options) {
    boolean members =
        !(prefix.equals("parameter.") ? options.getParameters() : options.getOutputParameters())
            .isEmpty();
    if (value == null) {
      return null;
    }
    if (members) {
      throw new IllegalArgumentException(
          "options " + prefix + "* and " + option + " exclude one another; keep one");
    }
    return Schema.ofObject(option, Json.referred(camel, option, value));
  }

  private static void annotate(ObjectNode json, ToolConfiguration options) {
    ObjectNode hints = Json.MAPPER.createObjectNode();
    hint(hints, "readOnlyHint", options.getReadOnlyHint());
    hint(hints, "destructiveHint", options.getDestructiveHint());
    hint(hints, "idempotentHint", options.getIdempotentHint());
    hint(hints, "openWorldHint", options.getOpenWorldHint());
    hint(hints, "returnDirect", options.getReturnDirect());
    if (!hints.isEmpty()) {
      json.set("annotations", hints);
    }
    List<String> tags = GroupedOptions.split(options.getTerms().getTags());
    if (!tags.isEmpty()) {
      ArrayNode words = json.putObject("_meta").putArray(TAGS);
      tags.forEach(words::add);
    }
  }

  private static void hint(ObjectNode hints, String name, @Nullable String value) {
    switch (value) {
      case null -> {}
      case "true", "false" -> hints.put(name, value.equals("true"));
      default ->
          throw new IllegalArgumentException(
              "option " + name + ": '" + value + "' is neither true nor false");
    }
  }

  private static Terms terms(ToolConfiguration options) {
    List<String> roles = List.of();
    List<String> scopes = List.of();
    for (GroupedOptions rule :
        GroupedOptions.of("access.", options.getTerms().getAccess(), NO_WORDS)) {
      List<String> names = GroupedOptions.split(rule.value());
      switch (rule.name()) {
        case "roles" -> roles = names;
        case "scopes" -> scopes = names;
        default ->
            throw new IllegalArgumentException(
                "option access." + rule.name() + " is not known; there are roles, scopes");
      }
    }
    long timeout = options.getTimeout();
    return new Terms(
        new AccessRules.Requirement(Set.copyOf(roles), Set.copyOf(scopes)),
        GroupedOptions.split(options.getTerms().getToolset()),
        GroupedOptions.split(options.getTerms().getTemplate()),
        timeout > 0 ? Duration.ofMillis(timeout) : null);
  }
}
