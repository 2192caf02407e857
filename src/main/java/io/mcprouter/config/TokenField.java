package io.mcprouter.config;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a server may be told of the access token that a caller came with ({@code
 * LIBRECHAT_OPENID_*}), where the administrator allows it.
 */
public enum TokenField {
  ACCESS_TOKEN,
  /** The access token under LibreChat's other name for it. */
  TOKEN,
  /** When it ends, in seconds since 1970. */
  EXPIRES_AT,
  USER_ID,
  USER_EMAIL,
  USER_NAME;

  /** What all their names begin with. */
  static final String PREFIX = "LIBRECHAT_OPENID_";

  private static final String ID_TOKEN = PREFIX + "ID_TOKEN";

  /**
   * Headers and a child's environment: an argument can be read by every process of the machine, a
   * URL ends up in logs, and where authorization is asked for, the server chooses.
   */
  private static final Pattern PLACES =
      Pattern.compile("(?:.+\\.)?(?:(?:headers|env)\\..+|apiKey(?:\\.key)?)");

  /** What stands for the field between double braces. */
  public String placeholder() {
    return PREFIX + name();
  }

  /** The field of a placeholder's name, letter for letter. */
  public static Optional<TokenField> ofPlaceholder(String name) {
    return Arrays.stream(values()).filter(field -> field.placeholder().equals(name)).findFirst();
  }

  /** Why a name with the prefix stands for nothing. */
  static String problem(String name) {
    return name.equals(ID_TOKEN)
        ? "{{"
            + name
            + "}} can have no value: callers bring access tokens, and an ID token is for the client"
            + " alone; {{LIBRECHAT_OPENID_ACCESS_TOKEN}} is the caller's token"
        : "{{"
            + name
            + "}} is nothing that is known of a token; known are "
            + Arrays.stream(values()).map(TokenField::placeholder).collect(joining(", "));
  }

  /**
   * Why a token cannot stand somewhere; empty where it can.
   *
   * @param path the keys that lead to the text, such as {@code headers.Authorization}
   */
  public static Optional<String> misplaced(TemplateToken token, String path) {
    return token instanceof TemplateToken.UserReference(String name)
            && ofPlaceholder(name).isPresent()
            && !PLACES.matcher(path).matches()
        ? Optional.of(
            "cannot take {{" + name + "}}: what a caller's token says may stand in headers and env")
        : Optional.empty();
  }
}
