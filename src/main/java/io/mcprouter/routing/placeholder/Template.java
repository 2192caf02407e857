package io.mcprouter.routing.placeholder;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.mcprouter.protocol.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An administrator's text, compiled once. Putting it together takes one pass, in which values are
 * copied as they are or encoded for their place, and never read again.
 */
public final class Template {
  private final Place place;
  private final Kind kind;
  private final List<Part> parts;
  private final Set<String> variables;
  private final @Nullable String constant;

  Template(Place place, Kind kind, List<Part> parts) {
    this.place = place;
    this.kind = kind;
    this.parts = List.copyOf(parts);
    this.variables =
        parts.stream()
            .filter(Part.Variable.class::isInstance)
            .map(part -> ((Part.Variable) part).name())
            .collect(toUnmodifiableSet());
    this.constant = constant(parts);
  }

  private static @Nullable String constant(List<Part> parts) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      if (!(part instanceof Part.Text literal)) {
        return null;
      }
      text.append(literal.text());
    }
    return text.toString();
  }

  /** Whether the text depends on who calls, be it by a field or by a variable. */
  public boolean needsUser() {
    return constant == null;
  }

  /** Whether the text holds something of the token that the caller came with. */
  boolean needsToken() {
    return parts.stream().anyMatch(Part.OfToken.class::isInstance);
  }

  /** The names of the user's own variables in it. */
  public Set<String> needsVariables() {
    return variables;
  }

  /**
   * The text for a caller.
   *
   * @param userVariables the caller's own values by name; names that are not in the text are not
   *     looked at
   * @throws PlaceholderException if a variable is missing or blank, if a value cannot stand here,
   *     if the text needs a token that servers may see and the caller brought none, or if it needs
   *     a user and the caller is the router itself
   */
  public String resolve(Caller caller, Map<String, String> userVariables) {
    if (constant != null) {
      return constant;
    }
    if (caller.isApplication()) {
      throw new PlaceholderException(
          place,
          PlaceholderException.Reason.NO_USER,
          null,
          "depends on the user, and nobody calls");
    }
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      text.append(
          switch (part) {
            case Part.Text literal -> literal.text();
            case Part.Field field ->
                written(field.field().placeholder(), caller.field(field.field().text()));
            case Part.OfToken ofToken ->
                written(
                    ofToken.field().placeholder(), TokenValues.of(caller, ofToken.field(), place));
            case Part.Variable variable ->
                written(variable.name(), variable(variable.name(), userVariables));
          });
    }
    return checked(text.toString());
  }

  private String variable(String name, Map<String, String> userVariables) {
    String value = userVariables.get(name);
    if (value == null || value.isBlank()) {
      throw new PlaceholderException(
          place,
          PlaceholderException.Reason.VARIABLE_MISSING,
          name,
          "needs the user's variable " + name + ", which has no value; the user must give it");
    }
    return value;
  }

  private String written(String reference, String value) {
    Optional<String> problem = kind.problem(value);
    if (problem.isPresent()) {
      throw unfit(reference, "cannot take the value of {{" + reference + "}}: it " + problem.get());
    }
    return kind.written(value);
  }

  /** What no single value shows: the text as a whole must still be what its place asks for. */
  private String checked(String text) {
    if (kind == Kind.ARG
        && parts.getFirst() instanceof Part.Text == false
        && text.startsWith("-")) {
      throw unfit(null, "would begin with '-' and become an option by a user's value");
    }
    if (kind == Kind.URL && PercentEncoding.walks(text)) {
      throw unfit(null, "would have '.' or '..' as a path segment by a user's value");
    }
    return text;
  }

  private PlaceholderException unfit(@Nullable String reference, String message) {
    return new PlaceholderException(
        place, PlaceholderException.Reason.UNFIT_VALUE, reference, message);
  }

  /** Shows where the template stands; its text may hold secrets. */
  @Override
  public String toString() {
    return "Template[" + place + ", " + kind + "]";
  }
}
