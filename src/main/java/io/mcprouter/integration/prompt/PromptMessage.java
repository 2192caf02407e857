package io.mcprouter.integration.prompt;

import io.mcprouter.integration.McpContent;

/**
 * A message of a prompt.
 *
 * @param role {@code user} or {@code assistant}
 */
public record PromptMessage(String role, McpContent content) {
  public static PromptMessage ofUser(String text) {
    return new PromptMessage("user", new McpContent.Text(text));
  }

  public static PromptMessage ofAssistant(String text) {
    return new PromptMessage("assistant", new McpContent.Text(text));
  }
}
