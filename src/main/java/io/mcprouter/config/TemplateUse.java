package io.mcprouter.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A route template that an entry names under {@code router.template}.
 *
 * @param name the template's id
 * @param parameters what the entry says for the template's parameters, as text; lists and objects
 *     are JSON. They may hold secrets
 * @param location where the file names it; null for the default. Two that say the same are equal
 *     wherever they stand
 */
public record TemplateUse(
    String name, Map<String, String> parameters, @Nullable SourceLocation location) {
  public TemplateUse {
    parameters = Ordered.copy(parameters);
  }

  /** A template as it is, named nowhere. */
  public static TemplateUse of(String name) {
    return new TemplateUse(name, Map.of(), null);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TemplateUse use
        && name.equals(use.name)
        && parameters.equals(use.parameters);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + parameters.hashCode();
  }

  /** Shows no value. */
  @Override
  public String toString() {
    return "TemplateUse[" + name + " " + parameters.keySet() + "]";
  }
}
