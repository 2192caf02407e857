package io.mcprouter.integration;

import static java.util.stream.Collectors.joining;

import io.mcprouter.protocol.Frame;
import io.mcprouter.protocol.JsonSpan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered to a call of a tool, a prompt or a resource. Nothing is converted until it
 * is asked for.
 */
public final class McpResult {
  /** The message header that holds a call's result. */
  public static final String HEADER = "CamelMcpResult";

  private final Frame reply;
  private final JsonSpan result;

  private McpResult(Frame reply, JsonSpan result) {
    this.reply = reply;
    this.result = result;
  }

  /** The result in a reply; null where the reply is a JSON-RPC error. */
  public static @Nullable McpResult of(Frame reply) {
    JsonSpan result = reply.result();
    return result == null ? null : new McpResult(reply, result);
  }

  /** The whole message. */
  public Frame frame() {
    return reply;
  }

  /** The JSON of the result, as the server wrote it. */
  public String json() {
    return result.json();
  }

  /** Whether a tool says that it failed. */
  public boolean isError() {
    return reply.isToolError();
  }

  /** The items of a tool's or a resource's result, and of a prompt's messages, in order. */
  public List<McpContent> content() {
    return Stream.of(
            items("content").map(McpContent::of),
            items("contents").map(McpContent::ofResource),
            messages().stream().flatMap(message -> message.content().stream()))
        .flatMap(each -> each)
        .toList();
  }

  /** The messages of a prompt; none in any other result. */
  public List<PromptMessage> messages() {
    return items("messages").map(PromptMessage::of).toList();
  }

  private Stream<JsonSpan> items(String member) {
    JsonSpan items = result.member(member);
    return items == null ? Stream.empty() : items.elements().stream();
  }

  /** Everything in it that is text, joined by line breaks; the empty string where nothing is. */
  public String text() {
    return content().stream().map(McpContent::text).filter(Objects::nonNull).collect(joining("\n"));
  }

  /**
   * A tool's {@code structuredContent} as JSON; where there is none, its text where that is a JSON
   * object or array, as older servers write it; null where neither is.
   */
  public @Nullable String structuredJson() {
    JsonSpan structured = result.member("structuredContent");
    if (structured != null && !structured.isNull()) {
      return structured.json();
    }
    String text = text();
    return JsonValues.isContainer(text) ? text : null;
  }

  /** Whether the server itself structured the result. */
  public boolean isStructured() {
    JsonSpan structured = result.member("structuredContent");
    return structured != null && !structured.isNull();
  }

  /** {@link #structuredJson()} as Map, or List; null where there is none. */
  public @Nullable Object structured() {
    String json = structuredJson();
    return json == null ? null : JsonValues.read(json);
  }

  /** The result as a Map. */
  public Map<String, Object> toMap() {
    return JsonValues.readMap(json());
  }

  /** The first item with bytes; null where no item has any. */
  public McpContent.@Nullable Binary blob() {
    return content().stream()
        .filter(McpContent.Binary.class::isInstance)
        .map(McpContent.Binary.class::cast)
        .findFirst()
        .orElse(null);
  }

  /** Says how large it is, and nothing of what it holds. */
  @Override
  public String toString() {
    return "McpResult (" + result.length() + " bytes)";
  }

  /**
   * A message of a prompt.
   *
   * @param role {@code user} or {@code assistant}
   */
  public record PromptMessage(String role, List<McpContent> content) {
    public PromptMessage {
      content = List.copyOf(content);
    }

    private static PromptMessage of(JsonSpan message) {
      String role = message.string("role");
      JsonSpan content = message.member("content");
      List<JsonSpan> items =
          content == null ? List.of() : content.isArray() ? content.elements() : List.of(content);
      return new PromptMessage(
          role == null ? "" : role, items.stream().map(McpContent::of).toList());
    }
  }
}
