package io.mcprouter.credential;

import org.jspecify.annotations.Nullable;

/** The store cannot be used, and somebody can change that. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String action;

  StoreException(String message, String action) {
    this(message, action, null);
  }

  StoreException(String message, String action, @Nullable Throwable cause) {
    super(message, cause);
    this.action = action;
  }

  /** What to do about it, in one or two sentences. */
  public String action() {
    return action;
  }
}
