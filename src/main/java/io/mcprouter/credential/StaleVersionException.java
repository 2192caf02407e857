package io.mcprouter.credential;

/** Somebody else changed it since it was read. */
public final class StaleVersionException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final long current;

  StaleVersionException(String what, long expected, long current) {
    super(
        what
            + " changed meanwhile: version "
            + expected
            + " was expected, "
            + current
            + " is there; read it again",
        null,
        false,
        false);
    this.current = current;
  }

  /** The version that is there. */
  public long current() {
    return current;
  }
}
