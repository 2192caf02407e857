package io.mcprouter.oauth;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an authorization server sent the browser back with.
 *
 * @param code to be exchanged for tokens; null in an error
 * @param issuer who says that it answers (RFC 9207)
 * @param error OAuth's code
 */
record LoginAnswer(
    String state,
    @Nullable Secret code,
    @Nullable String issuer,
    @Nullable String error,
    @Nullable String description) {
  private static final int LONGEST = 8192;

  /**
   * Reads the parameters of the callback.
   *
   * @throws OAuthFailure where one comes twice, is too long, or the state is missing
   */
  static LoginAnswer of(Map<String, List<String>> parameters) throws OAuthFailure {
    String state = one(parameters, "state");
    String code = one(parameters, "code");
    if (state == null) {
      throw malformed();
    }
    return new LoginAnswer(
        state,
        code == null ? null : new Secret(code),
        one(parameters, "iss"),
        one(parameters, "error"),
        one(parameters, "error_description"));
  }

  private static @Nullable String one(Map<String, List<String>> parameters, String name)
      throws OAuthFailure {
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1 || (!values.isEmpty() && values.getFirst().length() > LONGEST)) {
      throw malformed();
    }
    return values.isEmpty() || values.getFirst().isEmpty() ? null : values.getFirst();
  }

  private static OAuthFailure malformed() {
    return OAuthFailure.notYours(
        "This is no answer to a login that the router began. Use the tool again to get a link.");
  }

  /** What the server complains of; only for an answer whose issuer was checked. */
  String complaint() {
    String what = error == null ? "the answer has no code" : SafeText.of(error);
    return "the authorization server refuses the login: "
        + what
        + (description == null ? "" : " (" + SafeText.of(description) + ")");
  }

  @Override
  public String toString() {
    return "LoginAnswer[" + (error == null ? "code" : "error") + "]";
  }
}
