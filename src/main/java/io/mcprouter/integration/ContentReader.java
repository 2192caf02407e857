package io.mcprouter.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.integration.McpContent.Audio;
import io.mcprouter.integration.McpContent.BlobResource;
import io.mcprouter.integration.McpContent.Image;
import io.mcprouter.integration.McpContent.Other;
import io.mcprouter.integration.McpContent.ResourceLink;
import io.mcprouter.integration.McpContent.Text;
import io.mcprouter.integration.McpContent.TextResource;
import io.mcprouter.protocol.JsonSpan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads pieces of content; what lacks something is kept as it is. */
final class ContentReader {
  private ContentReader() {}

  static McpContent piece(JsonSpan json) {
    String type = json.string("type");
    McpContent known =
        switch (type == null ? "" : type) {
          case "text" -> text(json);
          case "image" -> image(json);
          case "audio" -> audio(json);
          case "resource" -> embedded(json);
          case "resource_link" -> link(json);
          default -> null;
        };
    return known == null ? other(json) : known;
  }

  private static @Nullable McpContent text(JsonSpan json) {
    String text = json.string("text");
    return text == null ? null : new Text(text);
  }

  private static @Nullable McpContent image(JsonSpan json) {
    byte[] data = data(json, "data");
    String mimeType = json.string("mimeType");
    return data == null || mimeType == null ? null : new Image(data, mimeType);
  }

  private static @Nullable McpContent audio(JsonSpan json) {
    byte[] data = data(json, "data");
    String mimeType = json.string("mimeType");
    return data == null || mimeType == null ? null : new Audio(data, mimeType);
  }

  private static @Nullable McpContent embedded(JsonSpan json) {
    JsonSpan resource = json.member("resource");
    return resource == null ? null : contents(resource);
  }

  private static @Nullable McpContent link(JsonSpan json) {
    String uri = json.string("uri");
    String name = json.string("name");
    return uri == null
        ? null
        : new ResourceLink(uri, name == null ? uri : name, json.string("mimeType"));
  }

  static McpContent resource(JsonSpan json) {
    McpContent known = contents(json);
    return known == null ? other(json) : known;
  }

  private static @Nullable McpContent contents(JsonSpan json) {
    String uri = json.string("uri");
    String text = json.string("text");
    byte[] data = data(json, "blob");
    if (uri == null || (text == null && data == null)) {
      return null;
    }
    String mimeType = json.string("mimeType");
    return data == null
        ? new TextResource(uri, mimeType, text == null ? "" : text)
        : new BlobResource(uri, mimeType, data);
  }

  /** Line breaks within base64 are skipped: some servers write them. */
  private static byte @Nullable [] data(JsonSpan json, String member) {
    String base64 = json.string(member);
    try {
      return base64 == null ? null : Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  private static McpContent other(JsonSpan json) {
    try {
      JsonNode node = Json.MAPPER.readTree(json.bytes());
      return new Other(
          node instanceof ObjectNode object
              ? object
              : Json.MAPPER.createObjectNode().set("value", node));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
