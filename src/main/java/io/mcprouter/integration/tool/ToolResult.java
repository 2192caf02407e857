package io.mcprouter.integration.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.integration.Json;
import io.mcprouter.integration.McpContent;
import io.mcprouter.integration.Schema;
import io.mcprouter.integration.server.Mime;
import io.mcprouter.integration.server.RunningCall;
import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import java.io.File;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.WrappedFile;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Node;

/**
 * Makes a tool's result of the message that its route ended with: text of text, a structured result
 * of objects, an image, sound or resource of bytes whose type is named, and content as it is.
 */
final class ToolResult {
  private final Message message;
  private final @Nullable Schema output;
  private final RunningCall call;

  ToolResult(Message message, @Nullable Schema output, RunningCall call) {
    this.message = message;
    this.output = output;
    this.call = call;
  }

  /** The result of a tool that failed. */
  static ObjectNode error(String text) {
    return text(text).put("isError", true);
  }

  private static ObjectNode text(String text) {
    return content(List.of(new McpContent.Text(text)));
  }

  private static ObjectNode content(Collection<?> items) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    var content = json.putArray("content");
    items.forEach(item -> content.add(((McpContent) item).json()));
    return json;
  }

  /**
   * @throws Exception where the body cannot be read, or does not fit the output schema
   */
  ObjectNode json() throws Exception {
    boolean failed =
        Boolean.TRUE.equals(message.getHeader(ToolConstants.IS_ERROR, false, Boolean.class));
    ObjectNode result = of(message.getBody());
    if (failed) {
      return result.put("isError", true);
    }
    if (output != null && !result.path("isError").asBoolean()) {
      check(output, structured(result));
    }
    return result;
  }

  private ObjectNode of(@Nullable Object body) throws Exception {
    return switch (body) {
      case null -> content(List.of());
      case McpContent item -> content(List.of(item));
      case Collection<?> items when isContent(items) -> content(items);
      case Frame reply -> ofServer(reply);
      case byte[] bytes -> ofBytes();
      case InputStream stream -> ofBytes();
      case ByteBuffer buffer -> ofBytes();
      case File file -> ofBytes();
      case WrappedFile<?> file -> ofBytes();
      case CharSequence text -> text(text.toString());
      case Number number -> text(number.toString());
      case Boolean truth -> text(truth.toString());
      case Enum<?> constant -> text(constant.name());
      case Reader reader -> text(message.getBody(String.class));
      case Node xml -> text(message.getBody(String.class));
      default -> structured(Json.MAPPER.<JsonNode>valueToTree(body));
    };
  }

  private static boolean isContent(Collection<?> items) {
    return !items.isEmpty() && items.stream().allMatch(McpContent.class::isInstance);
  }

  /** The reply of a server that the route asked is passed on. */
  private static ObjectNode ofServer(Frame reply) throws Exception {
    JsonSpan result = reply.result();
    JsonSpan error = reply.error();
    if (result != null && Json.MAPPER.readTree(result.bytes()) instanceof ObjectNode json) {
      return json;
    }
    String said = error == null ? null : error.string("message");
    return error(said == null ? "The server's answer cannot be used" : said);
  }

  private ObjectNode ofBytes() {
    String type = message.getHeader(ToolConstants.CONTENT_TYPE, String.class);
    if (type == null) {
      type = message.getHeader(Exchange.CONTENT_TYPE, String.class);
    }
    if (type == null || Mime.isText(type)) {
      String text = message.getBody(String.class);
      return text(text == null ? "" : text);
    }
    String uri = message.getHeader(ToolConstants.RESOURCE, String.class);
    byte[] bytes = message.getBody(byte[].class);
    return content(
        List.of(
            McpContent.of(
                bytes == null ? new byte[0] : bytes,
                type.replaceFirst(";.*", "").strip(),
                uri == null ? "result://" + call.server() : uri)));
  }

  /** A structured result is an object; anything else stands in one. */
  private static ObjectNode structured(JsonNode value) {
    ObjectNode object =
        value instanceof ObjectNode already
            ? already
            : Json.MAPPER.valueToTree(Map.of("result", value));
    ObjectNode result = text(value.toString());
    result.set("structuredContent", object);
    return result;
  }

  /** The structured part of a result, which text can be as well. */
  private static JsonNode structured(ObjectNode result) {
    JsonNode known = result.get("structuredContent");
    if (known != null) {
      return known;
    }
    try {
      JsonNode parsed = Json.MAPPER.readTree(result.at("/content/0/text").asText());
      result.set("structuredContent", parsed);
      return parsed;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "the tool has an output schema, and its result is no JSON", e);
    }
  }

  private static void check(Schema output, JsonNode result) {
    List<String> faults = output.faults(result);
    if (!faults.isEmpty()) {
      throw new IllegalStateException(
          "the result does not fit the output schema: " + String.join("; ", faults));
    }
  }
}
