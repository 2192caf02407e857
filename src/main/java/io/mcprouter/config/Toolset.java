package io.mcprouter.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Servers and tools under one name (an entry of {@code toolsets}), served at {@code
 * /sets/{name}/mcp}.
 *
 * @param servers names of servers in the same file, in order
 * @param tools the tools to show, all where empty: patterns on the tool's shown name, or on {@code
 *     server/tool}
 */
public record Toolset(
    String name,
    @Nullable String title,
    @Nullable String description,
    List<String> servers,
    List<NamePattern> tools) {
  /** The name of the built-in set: every server whose {@code chatMenu} is not false. */
  public static final String CHAT = "chat";

  public Toolset {
    servers = List.copyOf(servers);
    tools = List.copyOf(tools);
  }

  /**
   * Whether a tool belongs to this set.
   *
   * @param tool the name that the tool is shown under
   */
  public boolean admits(String server, String tool) {
    return servers.contains(server)
        && (tools.isEmpty()
            || ToolSelection.anyMatches(tools, tool)
            || ToolSelection.anyMatches(tools, server + "/" + tool));
  }
}
