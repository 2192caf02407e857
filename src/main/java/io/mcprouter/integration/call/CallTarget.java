package io.mcprouter.integration.call;

import org.jspecify.annotations.Nullable;

/**
 * What a step calls.
 *
 * @param server the server's name; null for everything that the caller sees, under public names
 * @param name the name of a tool or prompt, or the URI of a resource
 */
public record CallTarget(CallKind kind, @Nullable String server, String name) {
  /** The server's name for messages. */
  public String serverName() {
    return server == null ? "mcp-router" : server;
  }

  /** For messages. */
  @Override
  public String toString() {
    return kind.word() + " '" + name + "'" + (server == null ? "" : " of server '" + server + "'");
  }
}
