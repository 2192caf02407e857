package io.mcprouter.routing.placeholder;

import org.jspecify.annotations.Nullable;

/**
 * A text cannot be put together. The message names the server, the place and what stands for the
 * value, never the value.
 */
public final class PlaceholderException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Place place;
  private final Reason reason;
  private final @Nullable String reference;

  private final String problem;

  PlaceholderException(Place place, Reason reason, @Nullable String reference, String message) {
    super("server '" + place.server() + "': " + place.path() + " " + message, null, false, false);
    this.problem = place.path() + " " + message;
    this.place = place;
    this.reason = reason;
    this.reference = reference;
  }

  /** The name of the server that cannot be used. */
  public String server() {
    return place.server();
  }

  /** The keys below the server's entry, such as {@code headers.Authorization}. */
  public String path() {
    return place.path();
  }

  /** The message where the server has been named already: which key, what is wrong with it. */
  public String problem() {
    return problem;
  }

  public Reason reason() {
    return reason;
  }

  /** The name of the variable or field; null where no single one is at fault. */
  public @Nullable String reference() {
    return reference;
  }

  /** Whose move it is. */
  public enum Reason {
    /** The administrator's: a variable of the router's environment is not set. */
    ENVIRONMENT_NOT_SET,
    /** The administrator's: the text itself is wrong. */
    WRONG_TEMPLATE,
    /** The user's: one of their own variables has no value. */
    VARIABLE_MISSING,
    /** The user's or their identity provider's: a value cannot stand in this place. */
    UNFIT_VALUE,
    /** The user's, to come with a token; or the administrator's, to let servers see it. */
    NO_TOKEN,
    /** The router's: something of a user is needed where there is none. */
    NO_USER
  }
}
