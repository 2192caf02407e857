package io.mcprouter.oauth.camel;

/** A route has no token of its own for what it calls. The message holds no secret. */
public final class OAuthTokenException extends Exception {
  private static final long serialVersionUID = 1L;

  OAuthTokenException(String profile, Exception why) {
    super("no token by the profile '" + profile + "' of camel.oauth: " + why.getMessage(), why);
  }
}
