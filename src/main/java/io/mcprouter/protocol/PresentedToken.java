package io.mcprouter.protocol;

/**
 * The access token that a caller came with, for exchanging it and for {@code
 * {{LIBRECHAT_OPENID_ACCESS_TOKEN}}}. Two of one caller are equal: a caller with a new token is the
 * same caller. {@code toString} does not show it.
 */
public final class PresentedToken {
  private final String value;

  public PresentedToken(String value) {
    this.value = value;
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
