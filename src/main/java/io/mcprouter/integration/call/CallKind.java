package io.mcprouter.integration.call;

import io.mcprouter.protocol.Methods;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What can be called. */
public enum CallKind {
  TOOL(Methods.TOOLS_CALL, "name", McpCallConstants.TOOL),
  RESOURCE(Methods.RESOURCES_READ, "uri", McpCallConstants.RESOURCE),
  PROMPT(Methods.PROMPTS_GET, "name", McpCallConstants.PROMPT);

  private final String method;
  private final String key;
  private final String header;

  CallKind(String method, String key, String header) {
    this.method = method;
    this.key = key;
    this.header = header;
  }

  /** The request that calls it. */
  public String method() {
    return method;
  }

  /** The member of the request's params that names it. */
  String key() {
    return key;
  }

  /** The header that names it where the endpoint does not. */
  String header() {
    return header;
  }

  /** The word that stands for it in an endpoint's URI. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static @Nullable CallKind ofWord(String word) {
    for (CallKind kind : values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    return null;
  }
}
