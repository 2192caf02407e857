package io.mcprouter.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry that a user wrote for themselves, checked.
 *
 * @param name the user's name of the server
 * @param definition under the router's own name of the server; null where the entry cannot be used
 * @param problems why it cannot be used: each names the key and what to do, and never a value
 */
public record UserEntry(String name, @Nullable ServerDefinition definition, List<String> problems) {
  public UserEntry {
    problems = List.copyOf(problems);
  }

  /** An entry that cannot be used. */
  public static UserEntry unusable(String name, List<String> problems) {
    return new UserEntry(name, null, problems);
  }
}
