package io.mcprouter.integration.resource;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URI, or a URI template of the forms that resources have (RFC 6570): {@code {id}} for a piece
 * without slashes, {@code {+path}} for any piece.
 *
 * @param text the URI or the template
 * @param names the variables, in order; none for a URI
 */
record UriVariables(String text, List<String> names, Pattern pattern) {
  private static final Pattern EXPRESSION = Pattern.compile("\\{([^}]*)}");
  private static final Pattern VARIABLE = Pattern.compile("\\+?[A-Za-z0-9_]+");
  private static final int LONGEST = 8_192;
  private static final int MOST = 10;

  /**
   * Reads a URI or a template.
   *
   * @throws IllegalArgumentException where it is neither, or of a form that is not known
   */
  static UriVariables of(String text) {
    if (!text.matches("[A-Za-z][A-Za-z0-9+.-]*:.+")) {
      throw new IllegalArgumentException("option uri: '" + text + "' is no URI: it needs a scheme");
    }
    List<String> names = new ArrayList<>();
    StringBuilder pattern = new StringBuilder();
    Matcher expressions = EXPRESSION.matcher(text);
    int at = 0;
    while (expressions.find()) {
      String variable = expressions.group(1);
      if (!VARIABLE.matcher(variable).matches() || names.size() == MOST) {
        throw new IllegalArgumentException(
            "option uri: {"
                + variable
                + "}: up to "
                + MOST
                + " of the forms {name} and {+name} are known");
      }
      pattern.append(Pattern.quote(text.substring(at, expressions.start())));
      pattern.append(variable.startsWith("+") ? "(.+)" : "([^/?#]+)");
      names.add(variable.replaceFirst("\\+", ""));
      at = expressions.end();
    }
    pattern.append(Pattern.quote(text.substring(at)));
    return new UriVariables(text, List.copyOf(names), Pattern.compile(pattern.toString()));
  }

  boolean isTemplate() {
    return !names.isEmpty();
  }

  /** The values of the variables in a URI; null where it is none of the template's. */
  @Nullable Map<String, String> match(String uri) {
    Matcher matcher = pattern.matcher(uri);
    if (uri.length() > LONGEST || !matcher.matches()) {
      return null;
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String value = matcher.group(i + 1).replace("+", "%2B");
      try {
        values.put(names.get(i), URLDecoder.decode(value, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        return null; // a percent sign that escapes nothing
      }
    }
    return values;
  }

  /**
   * The URI with these values.
   *
   * @throws IllegalArgumentException where one is missing, naming it
   */
  String expand(Map<String, Object> values) {
    return EXPRESSION
        .matcher(text)
        .replaceAll(
            found -> {
              String variable = found.group(1);
              Object value = values.get(variable.replaceFirst("\\+", ""));
              if (value == null) {
                throw new IllegalArgumentException(
                    "the header '" + variable + "' is missing, which " + text + " needs");
              }
              String text = String.valueOf(value);
              return Matcher.quoteReplacement(
                  variable.startsWith("+")
                      ? text
                      : URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"));
            });
  }
}
