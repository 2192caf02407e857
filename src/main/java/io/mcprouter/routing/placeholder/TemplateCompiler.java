package io.mcprouter.routing.placeholder;

import io.mcprouter.config.Environment;
import io.mcprouter.config.TemplateText;
import io.mcprouter.config.TemplateToken;
import io.mcprouter.config.TokenField;
import io.mcprouter.config.UserField;
import io.mcprouter.routing.placeholder.PlaceholderException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles the texts of one server. */
public final class TemplateCompiler {
  /** A URL as far as its first path segment, query or fragment: all that a user must not choose. */
  private static final Pattern FIXED_ORIGIN =
      Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#@]+[/?#].*");

  private final String server;
  private final Set<String> declared;
  private final Environment environment;

  /**
   * @param declared the names of the variables that users give for themselves; no other is ever
   *     substituted
   */
  public TemplateCompiler(String server, Set<String> declared, Environment environment) {
    this.server = server;
    this.declared = Set.copyOf(declared);
    this.environment = environment;
  }

  /**
   * Compiles a text.
   *
   * @param path where it stands in the server's entry
   * @throws PlaceholderException if a variable of the environment is not set, or if the text is
   *     wrong
   */
  public Template compile(String path, String text, Kind kind) {
    Place place = new Place(server, path);
    List<Part> parts = new ArrayList<>();
    for (TemplateToken token : TemplateText.tokens(text, declared)) {
      TemplateText.problem(token, declared)
          .map(problem -> ": " + problem)
          .or(() -> TokenField.misplaced(token, path))
          .ifPresent(
              problem -> {
                throw wrong(place, problem);
              });
      parts.add(part(token, place, kind));
    }
    check(place, kind, parts);
    return new Template(place, kind, parts);
  }

  private Part part(TemplateToken token, Place place, Kind kind) {
    return switch (token) {
      case TemplateToken.Literal literal -> new Part.Text(literal.text());
      case TemplateToken.EnvironmentReference reference ->
          new Part.Text(environmentValue(reference.name(), place, kind));
      case TemplateToken.UserReference reference -> user(reference.name());
    };
  }

  /** A declared variable cannot have the name of a field: the reader refuses it. */
  private static Part user(String name) {
    return UserField.ofPlaceholder(name)
        .<Part>map(Part.Field::new)
        .or(() -> TokenField.ofPlaceholder(name).map(Part.OfToken::new))
        .orElseGet(() -> new Part.Variable(name));
  }

  private String environmentValue(String name, Place place, Kind kind) {
    @Nullable String value = environment.value(name);
    if (value == null || value.isEmpty()) {
      throw new PlaceholderException(
          place,
          Reason.ENVIRONMENT_NOT_SET,
          name,
          "needs the environment variable "
              + name
              + ", which is not set or empty; set it and restart");
    }
    kind.problem(value)
        .ifPresent(
            problem -> {
              throw new PlaceholderException(
                  place,
                  Reason.UNFIT_VALUE,
                  name,
                  "cannot take the value of ${" + name + "}: it " + problem);
            });
    return kind.writtenByAdministrator(value);
  }

  private static void check(Place place, Kind kind, List<Part> parts) {
    long others = parts.stream().filter(part -> !(part instanceof Part.Text)).count();
    boolean variable = parts.stream().anyMatch(Part.Variable.class::isInstance);
    if (kind == Kind.ARG && variable && parts.size() > 1) {
      throw wrong(place, "joins a user's variable to other text; make it an element of its own");
    }
    if (kind == Kind.URL && others > 0 && !FIXED_ORIGIN.matcher(leadingText(parts)).matches()) {
      throw wrong(
          place, "lets a user's value choose scheme, host or port; put it after the first '/'");
    }
  }

  private static String leadingText(List<Part> parts) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      if (!(part instanceof Part.Text literal)) {
        break;
      }
      text.append(literal.text());
    }
    return text.toString();
  }

  private static PlaceholderException wrong(Place place, String message) {
    return new PlaceholderException(place, Reason.WRONG_TEMPLATE, null, message);
  }
}
