package io.mcprouter.integration.call;

import io.mcprouter.integration.McpContent;
import io.mcprouter.integration.McpResult;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the body becomes of a result; named as the option's values. */
public enum ResultForm {
  /**
   * What a result is mostly wanted as: structured content as Map; else text, where all of it is
   * text; else the one item, or the list of items. Of a prompt: its messages.
   */
  auto {
    @Override
    Object body(CallKind kind, McpResult result) {
      if (kind == CallKind.PROMPT) {
        return result.messages();
      }
      if (result.isStructured()) {
        return Objects.requireNonNull(result.structured());
      }
      List<McpContent> items = result.content();
      if (items.stream().allMatch(item -> item.text() != null)) {
        return result.text();
      }
      return items.size() == 1 ? items.getFirst() : items;
    }
  },
  /** Structured content as Map or List; of a resource or prompt the whole result as Map. */
  structured {
    @Override
    @Nullable Object body(CallKind kind, McpResult result) {
      return kind == CallKind.TOOL ? result.structured() : result.toMap();
    }
  },
  /** Structured content as JSON; of a resource or prompt the whole result. */
  json {
    @Override
    @Nullable Object body(CallKind kind, McpResult result) {
      return kind == CallKind.TOOL ? result.structuredJson() : result.json();
    }
  },
  /** All that is text, joined by line breaks. */
  text {
    @Override
    Object body(CallKind kind, McpResult result) {
      return result.text();
    }
  },
  /** The items: {@code List<McpContent>}. */
  content {
    @Override
    Object body(CallKind kind, McpResult result) {
      return result.content();
    }
  },
  /** The first image, sound or blob as an {@code InputStream}. */
  blob {
    @Override
    @Nullable Object body(CallKind kind, McpResult result) {
      McpContent.Binary blob = result.blob();
      return blob == null ? null : blob.stream();
    }
  },
  /** The reply as it came: a {@code Frame}, which may be a JSON-RPC error. */
  raw {
    @Override
    Object body(CallKind kind, McpResult result) {
      return result.frame();
    }
  };

  /** The body; null where the result has nothing of that form. */
  abstract @Nullable Object body(CallKind kind, McpResult result);
}
