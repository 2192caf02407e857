package io.mcprouter.oauth.camel;

import java.io.IOException;

/**
 * Gets the tokens with which a route calls others; shaped like {@code
 * OAuthClientAuthenticationFactory} of Camel 4.22. May block.
 */
@FunctionalInterface
public interface ClientTokenResolver {
  /**
   * A token of a profile's client that can be used now.
   *
   * @param profile the profile's name; empty for the one without a name
   * @throws IOException when the identity provider gives none; the message holds no secret
   * @throws IllegalArgumentException when the profile is wrong
   */
  String resolve(String profile) throws IOException;

  /**
   * Checks a profile before the first token is needed.
   *
   * @throws IllegalArgumentException when the profile is wrong, with the key and what to do
   */
  default void check(String profile) {}
}
