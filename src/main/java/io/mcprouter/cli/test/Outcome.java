package io.mcprouter.cli.test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.integration.Json;
import io.mcprouter.integration.McpResult;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * What came of a call or a message.
 *
 * @param failure why there is no answer; null where there is one
 * @param isError whether a tool says that it failed
 */
record Outcome(
    @Nullable String text,
    @Nullable JsonNode structured,
    boolean isError,
    ObjectNode headers,
    @Nullable String failure) {

  static Outcome failed(String why) {
    return new Outcome(null, null, false, JsonNodeFactory.instance.objectNode(), why);
  }

  /** Of a reply to a call. */
  static Outcome of(Frame reply) {
    McpResult result = McpResult.of(reply);
    if (result == null) {
      JsonSpan error = reply.error();
      String said = error == null ? null : error.string("message");
      return failed(said == null ? "a JSON-RPC error without a message" : said);
    }
    String structured = result.structuredJson();
    return new Outcome(
        result.text(),
        structured == null ? null : json(structured),
        result.isError(),
        JsonNodeFactory.instance.objectNode(),
        null);
  }

  /** Of a message that came to an endpoint, or back from one. */
  static Outcome of(Message message) {
    ObjectNode headers = JsonNodeFactory.instance.objectNode();
    message.getHeaders().forEach((name, value) -> headers.set(name, tree(value)));
    Object body = message.getBody();
    String text = message.getBody(String.class);
    JsonNode structured =
        body instanceof Map || body instanceof Iterable
            ? Json.MAPPER.valueToTree(body)
            : text == null ? null : json(text);
    return new Outcome(text, structured, false, headers, null);
  }

  /** What is a simple value stays one; anything else is shown as text. */
  private static JsonNode tree(@Nullable Object value) {
    return switch (value) {
      case null -> JsonNodeFactory.instance.nullNode();
      case Number number -> Json.MAPPER.valueToTree(number);
      case Boolean flag -> JsonNodeFactory.instance.booleanNode(flag);
      case byte[] bytes ->
          JsonNodeFactory.instance.textNode(new String(bytes, StandardCharsets.UTF_8));
      default -> JsonNodeFactory.instance.textNode(value.toString());
    };
  }

  private static @Nullable JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException words) {
      return null;
    }
  }

  @Override
  public String toString() {
    return failure != null
        ? "the failure: " + failure
        : (isError ? "the tool's error " : "")
            + (text == null ? "nothing" : JsonNodeFactory.instance.textNode(text));
  }
}
