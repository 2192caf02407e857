package io.mcprouter.config;

import java.util.List;
import java.util.Map;

/**
 * Which of a server's tools are shown, and under which names ({@code router.tools}).
 *
 * @param include the tools to show; all where empty
 * @param exclude tools to hide although they are included
 * @param rename the server's own name of a tool to the name it is shown under; no two tools share
 *     one
 */
public record ToolSelection(
    List<NamePattern> include, List<NamePattern> exclude, Map<String, String> rename) {
  public static final ToolSelection ALL = new ToolSelection(List.of(), List.of(), Map.of());

  public ToolSelection {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    rename = Ordered.copy(rename);
  }

  /**
   * Whether a tool is shown.
   *
   * @param tool the server's own name of it
   */
  public boolean admits(String tool) {
    return (include.isEmpty() || anyMatches(include, tool)) && !anyMatches(exclude, tool);
  }

  /** The name that a tool is shown under. */
  public String shownName(String tool) {
    return rename.getOrDefault(tool, tool);
  }

  static boolean anyMatches(List<NamePattern> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(name));
  }
}
