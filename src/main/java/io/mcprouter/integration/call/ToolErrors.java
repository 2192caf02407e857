package io.mcprouter.integration.call;

/** What the route sees of a tool that says that it failed; named as the option's values. */
public enum ToolErrors {
  /** A {@link io.mcprouter.integration.McpToolException}. */
  exception,
  /** The header {@link McpCallConstants#IS_ERROR}, and the tool's words as the body. */
  header
}
