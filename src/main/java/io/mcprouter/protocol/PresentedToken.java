package io.mcprouter.protocol;

import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The access token that a caller came with, for exchanging it and for {@code
 * {{LIBRECHAT_OPENID_ACCESS_TOKEN}}}. Two of one caller are equal: a caller with a new token is the
 * same caller. {@code toString} does not show it.
 */
public final class PresentedToken {
  private final String value;
  private final Supplier<Instant> end;
  private volatile @Nullable Instant expires;
  private final boolean forwardable;

  /** A token that is exchanged at most. */
  public PresentedToken(String value) {
    this(value, Instant.MAX, false);
  }

  /**
   * A token.
   *
   * @param expires when it ends
   * @param forwardable whether a server whose entry asks for it may see it
   */
  public PresentedToken(String value, Instant expires, boolean forwardable) {
    this(value, () -> expires, forwardable);
  }

  /**
   * A token.
   *
   * @param end finds out when it ends, once somebody wants to know
   */
  public PresentedToken(String value, Supplier<Instant> end, boolean forwardable) {
    this.value = value;
    this.end = end;
    this.forwardable = forwardable;
  }

  /** When it ends; {@link Instant#MAX} where nobody knows. */
  public Instant expires() {
    Instant known = expires;
    if (known == null) {
      known = end.get();
      expires = known;
    }
    return known;
  }

  /** Whether the administrator lets a server see it whose entry asks for it. */
  public boolean isForwardable() {
    return forwardable;
  }

  /** Whether the other one is to be used from now on: it ends later, or nobody knows when. */
  boolean isOlderThan(PresentedToken later) {
    return !value.equals(later.value)
        && (expires().equals(Instant.MAX) || !later.expires().isBefore(expires()));
  }

  public String value() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PresentedToken;
  }

  @Override
  public int hashCode() {
    return 1;
  }

  @Override
  public String toString() {
    return "PresentedToken[hidden]";
  }
}
