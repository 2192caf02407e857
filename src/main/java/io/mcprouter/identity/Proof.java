package io.mcprouter.identity;

import io.mcprouter.protocol.Caller;
import java.time.Instant;

/**
 * A caller, and how long what proved them holds.
 *
 * @param credential the id of the API key; empty for all else
 * @param expires when the credential ends; {@link Instant#MAX} for never
 * @param revocations how many revocations there had been when this was proved
 */
public record Proof(Caller caller, String credential, Instant expires, long revocations) {
  /** A caller who needs no credential, or brings it with every request. */
  public static Proof of(Caller caller) {
    return new Proof(caller, "", Instant.MAX, 0);
  }

  public boolean hasExpired(Instant now) {
    return !now.isBefore(expires);
  }
}
