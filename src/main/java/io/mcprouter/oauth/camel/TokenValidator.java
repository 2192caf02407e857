package io.mcprouter.oauth.camel;

import java.io.IOException;

/**
 * Checks the tokens that callers bring; shaped like {@code OAuthTokenValidationFactory} of Camel
 * 4.22. May block.
 */
@FunctionalInterface
public interface TokenValidator {
  /**
   * Checks a token by what a profile says.
   *
   * @param profile the profile's name; empty for the one without a name
   * @throws IOException when it cannot be told now, because the identity provider cannot be asked
   * @throws IllegalArgumentException when the profile is wrong
   */
  TokenValidation validate(String profile, String token) throws IOException;

  /**
   * Checks a profile before the first token comes.
   *
   * @throws IllegalArgumentException when the profile is wrong, with the key and what to do
   */
  default void check(String profile) {}
}
