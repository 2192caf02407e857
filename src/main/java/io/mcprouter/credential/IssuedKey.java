package io.mcprouter.credential;

import io.mcprouter.protocol.Caller;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an API key; not the key itself, which is shown once and not kept.
 *
 * @param id the part of the key that names it
 * @param owner for whom it speaks
 * @param fields the owner's documented user fields
 * @param label what its maker calls it
 * @param roles what its bearer is, for access rules
 * @param scopes what its bearer may do where access rules ask for scopes
 */
public record IssuedKey(
    String id,
    Owner owner,
    Map<String, String> fields,
    String label,
    Set<String> roles,
    Set<String> scopes,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt) {
  public IssuedKey {
    fields = Map.copyOf(fields);
    roles = Set.copyOf(roles);
    scopes = Set.copyOf(scopes);
  }

  /** Who calls with this key. */
  public Caller caller() {
    return new Caller(
        owner.tenant(), owner.user(), fields, roles, scopes, Caller.Source.API_KEY, null);
  }

  public boolean isExpired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  /** Names nobody. */
  @Override
  public String toString() {
    return "IssuedKey[" + id + "]";
  }
}
