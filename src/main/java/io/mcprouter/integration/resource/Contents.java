package io.mcprouter.integration.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.integration.Json;
import io.mcprouter.integration.McpContent;
import io.mcprouter.integration.server.Mime;
import java.io.File;
import java.io.InputStream;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.WrappedFile;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a resource, made of the message that its route ended with: text of text, bytes of
 * what is no text by its type, JSON of objects, and resources as they are.
 */
record Contents(Message message, String uri, @Nullable String declared) {
  private static final String JSON = "application/json";

  /** The result of reading; null where there is nothing. */
  @Nullable ObjectNode json() {
    Object body = message.getBody();
    if (body == null) {
      return null;
    }
    ObjectNode result = Json.MAPPER.createObjectNode();
    ArrayNode contents = result.putArray("contents");
    switch (body) {
      case McpContent item -> contents.add(resource(item));
      case Collection<?> items when isContent(items) ->
          items.forEach(item -> contents.add(resource((McpContent) item)));
      case byte[] bytes -> contents.add(raw());
      case InputStream stream -> contents.add(raw());
      case File file -> contents.add(raw());
      case WrappedFile<?> file -> contents.add(raw());
      case CharSequence text -> contents.add(text(type(null), text.toString()));
      case Number number -> contents.add(text(type(null), number.toString()));
      default -> contents.add(text(type(JSON), Json.MAPPER.valueToTree(body).toString()));
    }
    return result;
  }

  private static boolean isContent(Collection<?> items) {
    return !items.isEmpty() && items.stream().allMatch(McpContent.class::isInstance);
  }

  private static ObjectNode resource(McpContent item) {
    if (item.json().get("resource") instanceof ObjectNode resource) {
      return resource;
    }
    throw new IllegalArgumentException(
        "a resource is made of TextResource and BlobResource, not of "
            + item.getClass().getSimpleName());
  }

  private @Nullable String type(@Nullable String otherwise) {
    for (String header : List.of(ResourceConstants.CONTENT_TYPE, Exchange.CONTENT_TYPE)) {
      String said = message.getHeader(header, String.class);
      if (said != null) {
        return said;
      }
    }
    return declared == null ? otherwise : declared;
  }

  private ObjectNode raw() {
    String type = type(null);
    if (type == null || Mime.isText(type)) {
      String text = message.getBody(String.class);
      return text(type, text == null ? "" : text);
    }
    byte[] bytes = message.getBody(byte[].class);
    return content(type)
        .put("blob", Base64.getEncoder().encodeToString(bytes == null ? new byte[0] : bytes));
  }

  private ObjectNode text(@Nullable String type, String text) {
    return content(type).put("text", text);
  }

  private ObjectNode content(@Nullable String type) {
    ObjectNode json = Json.MAPPER.createObjectNode().put("uri", uri);
    return type == null ? json : json.put("mimeType", type);
  }
}
