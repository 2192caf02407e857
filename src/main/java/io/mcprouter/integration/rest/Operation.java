package io.mcprouter.integration.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.integration.Json;
import io.mcprouter.integration.tool.ToolConfiguration;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * An operation of an HTTP API that is a tool.
 *
 * @param method in capitals
 * @param path with its variables in braces
 * @param bodyType the media type of the argument {@code body}; null where there is none
 * @param schema of the arguments
 */
record Operation(
    String name,
    String method,
    String path,
    Map<String, Parameter> parameters,
    @Nullable String bodyType,
    ObjectNode schema,
    @Nullable String summary,
    @Nullable String description) {
  /** Puts what the tool is into its options. HTTP says what methods mean (RFC 9110, 9.2). */
  void describe(ToolConfiguration options) {
    String text =
        Stream.of(summary, description)
            .filter(Objects::nonNull)
            .distinct()
            .collect(Collectors.joining("\n\n"));
    options.setDescription(text.isEmpty() ? method + ' ' + path : text);
    options.setInputSchema(schema.toString());
    options.setReadOnlyHint(method.equals("GET") ? "true" : "false");
    switch (method) {
      case "PUT" -> options.setIdempotentHint("true");
      case "DELETE" -> {
        options.setIdempotentHint("true");
        options.setDestructiveHint("true");
      }
      default -> {}
    }
  }

  /**
   * The request for a call. No argument becomes a header.
   *
   * @throws io.mcprouter.integration.McpToolException where an argument cannot stand in the path
   */
  Consumer<Message> request(Map<String, Object> arguments) {
    String filled = path;
    StringJoiner query = new StringJoiner("&");
    for (Map.Entry<String, Object> argument : arguments.entrySet()) {
      Parameter parameter = parameters.get(argument.getKey());
      if (parameter == null || argument.getValue() == null) {
        continue;
      }
      switch (parameter.place()) {
        case PATH ->
            filled =
                filled.replace(
                    "{" + parameter.name() + "}", parameter.segment(argument.getValue()));
        case QUERY -> query.add(parameter.query(argument.getValue()));
      }
    }
    String whole = filled;
    Object body = arguments.get("body");
    return message -> {
      message.setHeader(Exchange.HTTP_METHOD, method);
      message.setHeader(Exchange.HTTP_PATH, whole);
      if (query.length() > 0) {
        message.setHeader(Exchange.HTTP_QUERY, query.toString());
      }
      message.setHeader("Accept", "application/json, text/*;q=0.9, */*;q=0.5");
      put(message, body);
    };
  }

  private void put(Message message, @Nullable Object body) {
    if (bodyType == null || body == null) {
      message.setBody(null);
    } else {
      message.setHeader(Exchange.CONTENT_TYPE, bodyType);
      message.setBody(Json.bytes(Json.MAPPER.valueToTree(body)));
    }
  }
}
