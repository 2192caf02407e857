package io.mcprouter.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An administrator's text, taken apart once from left to right. What is put in place of a token
 * never passes through here.
 */
public final class TemplateText {
  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\$\\{(?<env>[^{}]+)}|\\{\\{(?<user>[ \\t]*[A-Za-z_][A-Za-z0-9_]*[ \\t]*)}}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final String LIBRECHAT = "LIBRECHAT_";

  private TemplateText() {}

  /**
   * The tokens of a text, in order; literals are never empty.
   *
   * @param declared the names of the server's {@code customUserVars}
   */
  public static List<TemplateToken> tokens(String text, Set<String> declared) {
    List<TemplateToken> tokens = new ArrayList<>();
    Matcher matcher = REFERENCE.matcher(text);
    int from = 0;
    while (matcher.find()) {
      TemplateToken token = token(matcher, declared);
      if (token instanceof TemplateToken.Literal) {
        continue;
      }
      addLiteral(tokens, text, from, matcher.start());
      tokens.add(token);
      from = matcher.end();
    }
    addLiteral(tokens, text, from, text.length());
    return tokens;
  }

  /** Whether a text holds anything that stands for a value elsewhere. */
  public static boolean hasReferences(String text, Set<String> declared) {
    return tokens(text, declared).stream().anyMatch(t -> !(t instanceof TemplateToken.Literal));
  }

  /**
   * What keeps a token from ever having a value, with the nearest right thing; empty where all is
   * well. Whether an environment variable is set is another question.
   */
  public static Optional<String> problem(TemplateToken token, Set<String> declared) {
    return switch (token) {
      case TemplateToken.Literal literal -> Optional.empty();
      case TemplateToken.EnvironmentReference reference -> environmentProblem(reference.name());
      case TemplateToken.UserReference reference -> userProblem(reference.name(), declared);
    };
  }

  private static TemplateToken token(Matcher matcher, Set<String> declared) {
    String variable = matcher.group("env");
    if (variable != null) {
      return new TemplateToken.EnvironmentReference(variable);
    }
    String name = matcher.group("user");
    String trimmed = name.strip();
    // "{{ name }}" is no placeholder; it is taken for a slip only where it would be one without
    // blanks, since other template languages write their own text like this
    boolean meant =
        trimmed.length() == name.length()
            || trimmed.startsWith(LIBRECHAT)
            || declared.contains(trimmed);
    return meant ? new TemplateToken.UserReference(name) : new TemplateToken.Literal(name);
  }

  private static void addLiteral(List<TemplateToken> tokens, String text, int from, int to) {
    if (to > from) {
      tokens.add(new TemplateToken.Literal(text.substring(from, to)));
    }
  }

  private static Optional<String> environmentProblem(String name) {
    if (!NAME.matcher(name).matches()) {
      return Optional.of(
          "${"
              + name
              + "} does not name an environment variable; write ${NAME}, there are no defaults and"
              + " no other forms");
    }
    if (Environment.isReserved(name)) {
      return Optional.of(
          "${"
              + name
              + "} is a secret of the router and is never handed to a server; use a variable of its"
              + " own");
    }
    return Optional.empty();
  }

  private static Optional<String> userProblem(String name, Set<String> declared) {
    String trimmed = name.strip();
    if (trimmed.length() != name.length()) {
      return Optional.of("{{" + name + "}} has blanks inside; write {{" + trimmed + "}}");
    }
    if (declared.contains(name)
        || UserField.ofPlaceholder(name).isPresent()
        || TokenField.ofPlaceholder(name).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        name.startsWith(LIBRECHAT) ? unknownField(name) : undeclared(name, declared));
  }

  private static String unknownField(String name) {
    if (name.startsWith(TokenField.PREFIX)) {
      return TokenField.problem(name);
    }
    for (String unsupported : List.of("LIBRECHAT_BODY_", "LIBRECHAT_GRAPH_")) {
      if (name.startsWith(unsupported)) {
        return "{{"
            + name
            + "}} is not supported yet; {{"
            + unsupported
            + "*}} placeholders are"
            + " refused so that they are never sent as they stand";
      }
    }
    return "{{" + name + "}} is no known user field" + suggestion(name, UserField.placeholders());
  }

  private static String undeclared(String name, Set<String> declared) {
    List<String> candidates = new ArrayList<>(declared);
    candidates.addAll(UserField.placeholders());
    Optional<String> nearest = NearestName.of(name, candidates);
    return "{{"
        + name
        + "}} is not declared under customUserVars"
        + nearest.map(n -> "; did you mean {{" + n + "}}?").orElse("; declare it there");
  }

  private static String suggestion(String name, List<String> candidates) {
    return NearestName.of(name, candidates)
        .map(nearest -> "; did you mean {{" + nearest + "}}?")
        .orElse(
            "; known are the fields of the table in the documentation, such as {{LIBRECHAT_USER_ID}}");
  }
}
