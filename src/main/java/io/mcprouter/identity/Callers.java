package io.mcprouter.identity;

import org.jspecify.annotations.Nullable;

/** Makes a caller of a request. A request that proves nobody never becomes an anonymous caller. */
public interface Callers {
  /**
   * The caller of a request where that can be told at once; never blocks. Null where the credential
   * must be checked first, see {@link #prove}.
   *
   * @throws Refused when the request proves nobody
   */
  @Nullable Proof known(CallerRequest request) throws Refused;

  /**
   * The caller of a request. May wait for the store or an issuer's keys, so not for event loops.
   *
   * @throws Refused when the request proves nobody
   */
  Proof prove(CallerRequest request) throws Refused;

  /** A request whose caller is not known. The message is for whoever sent it. */
  final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public Refused(Reason reason, String message) {
      super(message, null, false, false);
      this.reason = reason;
    }

    public Reason reason() {
      return reason;
    }
  }

  /** Why a request is refused, with what HTTP and RFC 6750 §3.1 say of that. */
  enum Reason {
    /** It brought no credential. */
    NO_CREDENTIAL(401, null),
    /** Its credential is wrong, expired, revoked or not for this router. */
    INVALID(401, "invalid_token"),
    /** It cannot be read: two credentials, or a header twice. */
    MALFORMED(400, "invalid_request"),
    /** It cannot be checked now. */
    UNAVAILABLE(503, null);

    private final int status;
    private final @Nullable String error;

    Reason(int status, @Nullable String error) {
      this.status = status;
      this.error = error;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }

    /** The error code of {@code WWW-Authenticate}, null for none. */
    public @Nullable String error() {
      return error;
    }
  }
}
