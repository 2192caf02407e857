package io.mcprouter.credential;

/** What became of a key that a caller presented. */
public sealed interface KeyCheck {
  /** It is right; whoever remembers that must look at {@link IssuedKey#isExpired} each time. */
  record Valid(IssuedKey key) implements KeyCheck {}

  /** It opens nothing. */
  record Refused(Reason reason) implements KeyCheck {}

  /** Why a key opens nothing. */
  enum Reason {
    /** It has not the form of a key. */
    NO_KEY,
    /** There is no such key, or its secret is wrong. */
    UNKNOWN,
    EXPIRED,
    REVOKED
  }
}
