package io.mcprouter.identity;

import io.mcprouter.protocol.Caller;
import java.time.Instant;
import java.util.Set;

/** Checks a credential that was not seen before. May block. */
@FunctionalInterface
public interface CredentialCheck {
  /**
   * Whose credential it is.
   *
   * @throws Callers.Refused when it is nobody's, or cannot be checked now
   */
  Checked check(String credential) throws Callers.Refused;

  /**
   * A credential that is right.
   *
   * @param id the id of an API key; empty for a token
   * @param audiences the resources that a token is for, besides the router as a whole
   * @param forRouter whether it is for the router as a whole
   * @param expires when it ends; {@link Instant#MAX} for never
   */
  record Checked(
      Caller caller, String id, Set<String> audiences, boolean forRouter, Instant expires) {
    public Checked {
      audiences = Set.copyOf(audiences);
    }

    /** An API key, which is for the router as a whole. */
    public static Checked key(Caller caller, String id, Instant expires) {
      return new Checked(caller, id, Set.of(), true, expires);
    }
  }
}
