package io.mcprouter.integration.server;

import io.mcprouter.config.AccessRules;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conditions on which a route serves.
 *
 * @param access what a caller needs for it; for tools alone
 * @param toolsets the toolsets that show it besides; for tools alone
 * @param templates the route templates that all calls of the server pass; for tools alone
 * @param timeout limit for a call, whatever it reports; null for the server's
 */
public record Terms(
    AccessRules.Requirement access,
    List<String> toolsets,
    List<String> templates,
    @Nullable Duration timeout) {
  public static final Terms NONE =
      new Terms(AccessRules.Requirement.NOTHING, List.of(), List.of(), null);

  public Terms {
    toolsets = List.copyOf(toolsets);
    templates = List.copyOf(templates);
  }

  /** Those of a route whose calls may take so many milliseconds; 0 for the server's limit. */
  public static Terms limited(long millis) {
    return millis <= 0
        ? NONE
        : new Terms(
            AccessRules.Requirement.NOTHING, List.of(), List.of(), Duration.ofMillis(millis));
  }
}
