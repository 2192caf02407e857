package io.mcprouter.testkit.auth;

import java.util.EnumSet;
import java.util.Set;

/** What a scripted authorization server does, or leaves out. */
public enum Feature {
  /** Takes registrations (RFC 7591) and says so. */
  REGISTRATION,
  /** Says that a client id may be the address of a client's metadata document. */
  CLIENT_DOCUMENTS,
  /** Reads a client's metadata document before it lets a user in. */
  CLIENT_DOCUMENTS_READ,
  /** Says that it knows S256. */
  S256_ADVERTISED,
  /** Says that its answers name their issuer (RFC 9207); whether they do is {@link Iss}. */
  ISS_ADVERTISED,
  /** Gives refresh tokens. */
  REFRESH_TOKENS,
  /** Gives a new refresh token for each that is used, and takes none twice. */
  ROTATION,
  /** Ends all rights of a grant when one of its refresh tokens comes twice. */
  REUSE_DETECTION,
  /** Says how long an access token lives. */
  LIFETIME_TOLD,
  /** Gives access tokens that say nothing; JWT otherwise. */
  OPAQUE_TOKENS,
  /** Refuses authorization and token requests that name no resource. */
  RESOURCE_REQUIRED,
  /** Says that it revokes (RFC 7009). */
  REVOCATION_ADVERTISED;

  /** What a well-behaved server of today does. */
  static Set<Feature> usual() {
    return EnumSet.complementOf(
        EnumSet.of(CLIENT_DOCUMENTS, CLIENT_DOCUMENTS_READ, OPAQUE_TOKENS, RESOURCE_REQUIRED));
  }
}
