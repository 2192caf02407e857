package io.mcprouter.cli;

import io.mcprouter.config.TemplateToken;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The texts of an entry as they may be shown: what stands for a value, and no secret itself. */
final class Masked {
  private static final String HIDDEN = "***";
  private static final Pattern SECRET_OPTION =
      Pattern.compile(
          "(?i)-{1,2}[\\w.-]*(key|token|secret|passw|credential|auth|bearer|header)[\\w.-]*");
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/?#@]*@");
  private static final Pattern QUERY_VALUE = Pattern.compile("(?<==)[^&#]*");
  private static final Pattern SECRET_SEGMENT =
      Pattern.compile("(?<=/)(?=[^/?#]*[0-9])[A-Za-z0-9_-]{20,}(?=[/?#]|$)");

  private final EntryTexts texts;

  Masked(EntryTexts texts) {
    this.texts = texts;
  }

  /** The placeholders of a text, and {@code ***} for whatever stands around them. */
  String secret(String text) {
    return texts.tokens(text).stream().map(Masked::secret).collect(Collectors.joining());
  }

  private static String secret(TemplateToken token) {
    return switch (token) {
      case TemplateToken.Literal(String literal) -> literal.isBlank() ? literal : HIDDEN;
      case TemplateToken.EnvironmentReference(String name) -> "${" + name + "}";
      case TemplateToken.UserReference(String name) -> "{{" + name + "}}";
    };
  }

  Map<String, String> secrets(Map<String, String> values) {
    Map<String, String> masked = new LinkedHashMap<>();
    values.forEach((name, text) -> masked.put(name, secret(text)));
    return masked;
  }

  /** Arguments, but for the values of options that sound like a secret. */
  List<String> arguments(List<String> arguments) {
    List<String> masked = new ArrayList<>();
    boolean secretFollows = false;
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String option = equals < 0 ? argument : argument.substring(0, equals);
      boolean secret = SECRET_OPTION.matcher(option).matches();
      if (secretFollows) {
        masked.add(secret(argument));
      } else if (secret && equals >= 0) {
        masked.add(option + "=" + secret(argument.substring(equals + 1)));
      } else {
        masked.add(url(argument));
      }
      secretFollows = secret && equals < 0;
    }
    return masked;
  }

  /** A URL without user, password and the values of its query; any other text as it is. */
  String url(String text) {
    if (!text.contains("://")) {
      return text;
    }
    int query = text.indexOf('?');
    String path = query < 0 ? text : text.substring(0, query);
    String shown =
        SECRET_SEGMENT.matcher(USER_INFO.matcher(path).replaceAll(HIDDEN + "@")).replaceAll(HIDDEN);
    return query < 0
        ? shown
        : shown
            + QUERY_VALUE
                .matcher(text.substring(query))
                .replaceAll(
                    value -> java.util.regex.Matcher.quoteReplacement(secret(value.group())));
  }
}
