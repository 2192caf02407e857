package io.mcprouter.routing.guard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.mcprouter.config.NamePattern;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The guardrail {@code argument-rules}: refuses calls whose arguments break a JSON schema that the
 * administrator wrote for the tool, and calls of tools that are denied.
 */
public final class ArgumentRules {
  private static final String NAME = "argument-rules";
  private static final int MOST_TOLD = 5;

  private Map<NamePattern, JsonSchema> rules = Map.of();
  private List<NamePattern> denied = List.of();

  /**
   * The schemas of arguments, a JSON object: by the tool's own name, {@code *} for any characters.
   * All that fit a tool hold.
   */
  public void setRules(String json) {
    JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    Map<NamePattern, JsonSchema> read = new LinkedHashMap<>();
    object(json)
        .properties()
        .forEach(
            rule -> {
              if (!rule.getValue().isObject()) {
                throw new IllegalArgumentException(
                    "the parameter 'rules': what stands under '"
                        + rule.getKey()
                        + "' is no JSON schema");
              }
              read.put(new NamePattern(rule.getKey()), factory.getSchema(rule.getValue()));
            });
    rules = read;
  }

  private static JsonNode object(String json) {
    try {
      JsonNode read = StrictJson.MAPPER.readTree(json);
      if (read.isObject()) {
        return read;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the parameter 'rules' is no object", e);
    }
    throw new IllegalArgumentException("the parameter 'rules' must be an object");
  }

  /** Tools that nobody may call, by their own name, {@code *} for any characters; one or a list. */
  public void setDeny(String tools) {
    denied = Texts.of("deny", tools).stream().map(NamePattern::new).toList();
  }

  /** Answers the call where it is not allowed. */
  public void check(Exchange exchange) {
    Frame request = ToolCalls.frame(exchange);
    String tool = ToolCalls.tool(request);
    if (denied.stream().anyMatch(pattern -> pattern.matches(tool))) {
      Answers.refuse(exchange, NAME, "The tool '" + tool + "' must not be called here.");
      return;
    }
    String why = broken(tool, request);
    if (why != null) {
      Answers.refuse(
          exchange,
          NAME,
          "The arguments of '" + tool + "' are not allowed: " + why + ". Nothing was done.");
    }
  }

  private @Nullable String broken(String tool, Frame request) {
    JsonNode arguments;
    if (CallForm.isAmbiguous(request)) {
      return "the call has a member in another spelling, which a server could take for its own";
    }
    try {
      JsonSpan params = Objects.requireNonNull(request.params(), "a call of a tool has params");
      JsonNode given = StrictJson.MAPPER.readTree(params.json()).path("arguments");
      arguments = given.isMissingNode() ? StrictJson.MAPPER.createObjectNode() : given;
    } catch (JsonProcessingException e) {
      return "something in them is named twice, or they are too large to be looked at";
    }
    return rules.entrySet().stream()
        .filter(rule -> rule.getKey().matches(tool))
        .map(rule -> rule.getValue().validate(arguments))
        .filter(faults -> !faults.isEmpty())
        .findFirst()
        .map(ArgumentRules::told)
        .orElse(null);
  }

  /** The places and the rules, and never what was given. */
  private static String told(Set<ValidationMessage> faults) {
    return faults.stream()
        .limit(MOST_TOLD)
        .map(fault -> fault.getInstanceLocation() + " breaks the rule '" + fault.getType() + "'")
        .collect(Collectors.joining("; "));
  }
}
