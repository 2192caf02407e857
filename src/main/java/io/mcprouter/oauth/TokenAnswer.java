package io.mcprouter.oauth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a token endpoint answered. */
sealed interface TokenAnswer {
  /**
   * Tokens.
   *
   * @param lifetime in seconds; null where the server does not say
   * @param scopes null where they are those that were asked for
   */
  record Granted(
      Secret access,
      @Nullable Secret refresh,
      @Nullable Long lifetime,
      @Nullable List<String> scopes)
      implements TokenAnswer {}

  /**
   * No.
   *
   * @param error OAuth's code, such as {@code invalid_grant}
   */
  record Refused(String error) implements TokenAnswer {
    boolean isOfClient() {
      return error.equals("invalid_client") || error.equals("unauthorized_client");
    }
  }

  /** Nothing that decides anything: no answer, or the server's own fault. */
  record Undecided(OAuthFailure why) implements TokenAnswer {}
}
