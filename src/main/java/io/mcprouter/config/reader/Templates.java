package io.mcprouter.config.reader;

import io.mcprouter.config.Environment;
import io.mcprouter.config.TemplateText;
import io.mcprouter.config.TemplateToken;
import io.mcprouter.config.TokenField;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the placeholders in one entry's texts. */
final class Templates {
  private final Faults faults;
  private final Environment environment;
  private final Set<String> declared;

  /**
   * @param declared the names of the entry's own variables
   */
  Templates(Faults faults, Environment environment, Set<String> declared) {
    this.faults = faults;
    this.environment = environment;
    this.declared = Set.copyOf(declared);
  }

  List<TemplateToken> tokens(String text) {
    return TemplateText.tokens(text, declared);
  }

  /** Notes every placeholder that can have no value. */
  void check(Fields.Item item) {
    for (TemplateToken token : tokens(item.text())) {
      TemplateText.problem(token, declared)
          .or(() -> TokenField.misplaced(token, item.path()))
          .ifPresentOrElse(
              problem -> faults.error(item.at(), item.path(), problem),
              () -> checkSet(token, item));
    }
  }

  /** The same for a place in which only the administrator's variables are known. */
  void checkEnvironmentOnly(Fields.Item item) {
    check(item);
    if (dependsOnUser(item.text())) {
      faults.error(
          item.at(), item.path(), "takes ${NAME} alone; a user's values have no place here");
    }
  }

  /** Notes placeholders in a text that is taken literally. */
  void checkLiteral(Position at, String path, String text) {
    if (TemplateText.hasReferences(text, declared)) {
      faults.warning(at, path, "is taken literally; placeholders have no effect here");
    }
  }

  boolean dependsOnUser(String text) {
    return tokens(text).stream().anyMatch(TemplateToken.UserReference.class::isInstance);
  }

  /** Whether a text holds one of the entry's own variables. */
  boolean dependsOnVariable(String text) {
    return tokens(text).stream().anyMatch(this::isVariable);
  }

  boolean isVariable(TemplateToken token) {
    return token instanceof TemplateToken.UserReference reference
        && declared.contains(reference.name());
  }

  /** The value of an environment reference; null where it is unset, empty or reserved. */
  @Nullable String value(TemplateToken.EnvironmentReference reference) {
    if (Environment.isReserved(reference.name())) {
      return null;
    }
    String value = environment.value(reference.name());
    return value == null || value.isEmpty() ? null : value;
  }

  private void checkSet(TemplateToken token, Fields.Item item) {
    if (token instanceof TemplateToken.EnvironmentReference reference && value(reference) == null) {
      faults.warning(
          item.at(),
          item.path(),
          "${" + reference.name() + "} is not set or empty; set this environment variable");
    }
  }
}
