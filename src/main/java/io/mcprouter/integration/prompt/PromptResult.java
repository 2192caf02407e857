package io.mcprouter.integration.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.integration.Json;
import io.mcprouter.integration.McpContent;
import java.util.Collection;
import java.util.Map;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Makes a prompt's messages of what its route ended with: one message of the user of text or
 * content, and of a list one for each element: {@link PromptMessage}, or a map of {@code role} and
 * {@code content}, which may be text.
 */
final class PromptResult {
  private PromptResult() {}

  static ObjectNode of(@Nullable Object body, Message message, @Nullable String description) {
    ObjectNode result = Json.MAPPER.createObjectNode();
    if (description != null) {
      result.put("description", description);
    }
    ArrayNode messages = result.putArray("messages");
    switch (body) {
      case null -> {}
      case Collection<?> several -> several.forEach(each -> messages.add(message(each, message)));
      default -> messages.add(message(body, message));
    }
    return result;
  }

  private static ObjectNode message(@Nullable Object each, Message message) {
    return switch (each) {
      case PromptMessage said -> said(said.role(), said.content().json());
      case McpContent content -> said("user", content.json());
      case Map<?, ?> map when map.containsKey("role") ->
          said(
              String.valueOf(map.get("role")),
              content(Json.MAPPER.valueToTree(map.get("content"))));
      case null -> throw new IllegalArgumentException("a message of the prompt is null");
      default -> {
        String text =
            message.getExchange().getContext().getTypeConverter().convertTo(String.class, each);
        yield said("user", new McpContent.Text(text == null ? "" : text).json());
      }
    };
  }

  private static JsonNode content(JsonNode given) {
    return given.isObject() ? given : new McpContent.Text(given.asText()).json();
  }

  private static ObjectNode said(String role, JsonNode content) {
    ObjectNode json = Json.MAPPER.createObjectNode().put("role", role);
    json.set("content", content);
    return json;
  }
}
