package io.mcprouter.integration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcprouter.protocol.JsonSpan;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A piece of what a tool answers or a prompt says, as MCP has them (schema, content blocks). A
 * route that sets one, or a list of them, as its body says exactly what the client gets; one that
 * calls a tool gets them, and reads them as text, bytes or streams by conversion.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public sealed interface McpContent {
  /** As JSON. */
  ObjectNode json();

  /** The words; null where it holds none. */
  default @Nullable String text() {
    return null;
  }

  /** A piece that holds bytes. */
  sealed interface Binary extends McpContent {
    /** The bytes; not to be changed. */
    byte[] data();

    /** What the bytes are; null where that is not said. */
    @Nullable String mimeType();

    /** The bytes as a stream. */
    default InputStream stream() {
      return new ByteArrayInputStream(data());
    }
  }

  /** Plain text. */
  record Text(String text) implements McpContent {
    @Override
    public ObjectNode json() {
      return Json.MAPPER.createObjectNode().put("type", "text").put("text", text);
    }
  }

  /**
   * An image.
   *
   * @param mimeType such as {@code image/png}
   */
  record Image(byte[] data, String mimeType) implements Binary {
    @Override
    public ObjectNode json() {
      return encoded("image", data, mimeType);
    }
  }

  /**
   * Sound.
   *
   * @param mimeType such as {@code audio/wav}
   */
  record Audio(byte[] data, String mimeType) implements Binary {
    @Override
    public ObjectNode json() {
      return encoded("audio", data, mimeType);
    }
  }

  /**
   * A resource itself, with text.
   *
   * @param uri its name; nobody need be able to read it there
   */
  record TextResource(String uri, @Nullable String mimeType, String text) implements McpContent {
    @Override
    public ObjectNode json() {
      return resource(uri, mimeType, "text", text);
    }
  }

  /**
   * A resource itself, with bytes.
   *
   * @param uri its name; nobody need be able to read it there
   */
  record BlobResource(String uri, @Nullable String mimeType, byte[] data) implements Binary {
    @Override
    public ObjectNode json() {
      return resource(uri, mimeType, "blob", Base64.getEncoder().encodeToString(data));
    }
  }

  /** Where a resource can be read, by {@code resources/read} of the same server. */
  record ResourceLink(String uri, String name, @Nullable String mimeType) implements McpContent {
    @Override
    public ObjectNode json() {
      ObjectNode json =
          Json.MAPPER
              .createObjectNode()
              .put("type", "resource_link")
              .put("uri", uri)
              .put("name", name);
      return mimeType == null ? json : json.put("mimeType", mimeType);
    }
  }

  /** A piece of a type that this version does not know, or one that lacks what its type needs. */
  record Other(ObjectNode json) implements McpContent {}

  /** Reads a piece as a server wrote it. */
  static McpContent of(JsonSpan json) {
    return ContentReader.piece(json);
  }

  /** Reads what a server wrote of a resource's contents. */
  static McpContent ofResource(JsonSpan json) {
    return ContentReader.resource(json);
  }

  /** Bytes as what their type says: image, sound, or a resource of any other type. */
  static McpContent of(byte[] data, String mimeType, String uri) {
    if (mimeType.startsWith("image/")) {
      return new Image(data, mimeType);
    }
    return mimeType.startsWith("audio/")
        ? new Audio(data, mimeType)
        : new BlobResource(uri, mimeType, data);
  }

  private static ObjectNode encoded(String type, byte[] data, String mimeType) {
    return Json.MAPPER
        .createObjectNode()
        .put("type", type)
        .put("data", Base64.getEncoder().encodeToString(data))
        .put("mimeType", mimeType);
  }

  private static ObjectNode resource(
      String uri, @Nullable String mimeType, String member, String value) {
    ObjectNode resource = Json.MAPPER.createObjectNode().put("uri", uri);
    if (mimeType != null) {
      resource.put("mimeType", mimeType);
    }
    resource.put(member, value);
    ObjectNode json = Json.MAPPER.createObjectNode().put("type", "resource");
    json.set("resource", resource);
    return json;
  }
}
