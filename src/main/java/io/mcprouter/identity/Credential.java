package io.mcprouter.identity;

import org.jspecify.annotations.Nullable;

/** The one credential of a request. */
record Credential(String text) {
  private static final String BEARER = "bearer ";

  /** What every API key begins with. */
  private static final String KEY = "mcr_";

  /** Longer than any token that fits in a request's head together with the rest. */
  private static final int MAX_LENGTH = 16_384;

  /** The credential of a request, null where it has none. */
  static @Nullable Credential of(CallerRequest request) throws Callers.Refused {
    String authorization = request.header("Authorization");
    String key = request.header("X-API-Key");
    if (authorization != null && key != null) {
      throw malformed("Send one credential: Authorization, or X-API-Key.");
    }
    if (key != null) {
      return checked(key.strip());
    }
    if (authorization == null) {
      return null;
    }
    if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw new Callers.Refused(
          Callers.Reason.NO_CREDENTIAL, "Authorization must be a bearer token or an API key.");
    }
    return checked(authorization.substring(BEARER.length()).strip());
  }

  private static Credential checked(String text) throws Callers.Refused {
    if (text.isEmpty() || text.length() > MAX_LENGTH || text.indexOf(' ') >= 0) {
      throw malformed("The credential is empty, too long, or holds a blank.");
    }
    return new Credential(text);
  }

  private static Callers.Refused malformed(String message) {
    return new Callers.Refused(Callers.Reason.MALFORMED, message);
  }

  boolean isApiKey() {
    return text.startsWith(KEY);
  }

  @Override
  public String toString() {
    return "Credential[hidden]";
  }
}
