package io.mcprouter.oauth;

import org.jspecify.annotations.Nullable;

/**
 * Why authorization towards a server did not succeed. The message is for people: it names no token,
 * code or secret, and of what a foreign server wrote only what {@link SafeText} lets through.
 */
public final class OAuthFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** What may help. */
  public enum Kind {
    /** Trying later may: nothing was decided. */
    UNREACHABLE,
    /** The authorization server said no. */
    REFUSED,
    /** What was found must not be trusted, or is not enough; only an administrator can help. */
    UNUSABLE,
    /** The login is not the one that was begun here, by this user, in this browser. */
    NOT_YOURS
  }

  private final Kind kind;

  private OAuthFailure(Kind kind, String message, @Nullable Throwable why) {
    super(message, why, false, false);
    this.kind = kind;
  }

  static OAuthFailure unreachable(String message, Throwable why) {
    return new OAuthFailure(Kind.UNREACHABLE, message, why);
  }

  static OAuthFailure unreachable(String message) {
    return new OAuthFailure(Kind.UNREACHABLE, message, null);
  }

  static OAuthFailure refused(String message) {
    return new OAuthFailure(Kind.REFUSED, message, null);
  }

  static OAuthFailure unusable(String message) {
    return new OAuthFailure(Kind.UNUSABLE, message, null);
  }

  static OAuthFailure notYours(String message) {
    return new OAuthFailure(Kind.NOT_YOURS, message, null);
  }

  public Kind kind() {
    return kind;
  }
}
