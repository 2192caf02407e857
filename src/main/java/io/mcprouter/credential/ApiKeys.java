package io.mcprouter.credential;

import io.mcprouter.credential.Invalidation.Kind;
import io.mcprouter.credential.KeyCheck.Reason;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The keys that programs call the router with. All but {@link #used} block. */
public final class ApiKeys {
  private final KeyTable table;
  private final Invalidations invalidations;
  private final Clock clock;
  private final Map<String, Instant> used = new ConcurrentHashMap<>();

  public ApiKeys(Store store, Invalidations invalidations, Clock clock) {
    this.table = new KeyTable(store);
    this.invalidations = invalidations;
    this.clock = clock;
  }

  /**
   * Makes a key.
   *
   * @return the key itself, which can be had this once
   */
  public Created create(NewKey wanted) {
    KeyText text = KeyText.fresh();
    IssuedKey key =
        new IssuedKey(
            text.id(),
            wanted.owner(),
            wanted.fields(),
            wanted.label(),
            wanted.roles(),
            wanted.scopes(),
            clock.instant(),
            wanted.expiresAt(),
            null,
            null);
    table.insert(key, text.hash());
    return new Created(text.text(), key);
  }

  /** Checks a key that a caller presented. */
  public KeyCheck find(String presented) {
    Optional<KeyText> text = KeyText.of(presented);
    return text.isEmpty() ? new KeyCheck.Refused(Reason.NO_KEY) : find(text.get());
  }

  private KeyCheck find(KeyText presented) {
    Optional<KeyTable.Row> found =
        table.find(presented.id()).filter(row -> row.isProvedBy(presented));
    if (found.isEmpty()) {
      return new KeyCheck.Refused(Reason.UNKNOWN);
    }
    IssuedKey key = found.get().key();
    if (key.revokedAt() != null) {
      return new KeyCheck.Refused(Reason.REVOKED);
    }
    if (key.isExpired(clock.instant())) {
      return new KeyCheck.Refused(Reason.EXPIRED);
    }
    used(key);
    return new KeyCheck.Valid(key);
  }

  /** Remembers that a key is in use; {@link #writeUses} writes it down. Never blocks. */
  public void used(IssuedKey key) {
    used.put(key.id(), clock.instant());
  }

  /** Writes down when keys were last used; to be called now and then. */
  public void writeUses() {
    for (String id : List.copyOf(used.keySet())) {
      Instant at = used.remove(id);
      if (at != null) {
        table.lastUsed(id, at);
      }
    }
  }

  /** All keys, revoked and expired ones too, the newest first. */
  public List<IssuedKey> list() {
    return table.list();
  }

  /** One user's keys. */
  public List<IssuedKey> list(Owner owner) {
    return table.list(owner);
  }

  /** Revokes any key, for an administrator; false where there is none that could be revoked. */
  public boolean revoke(String id) {
    return table.find(id).map(row -> revoke(row.key().owner(), id)).orElse(false);
  }

  /** Revokes a key of this user; false where they have none that could be revoked. */
  public boolean revoke(Owner owner, String id) {
    boolean revoked = table.revoke(owner, id, clock.instant());
    if (revoked) {
      invalidations.publish(new Invalidation(Kind.API_KEYS, owner, ""));
    }
    return revoked;
  }

  /**
   * A key that was made.
   *
   * @param text the key itself: the only time that it can be seen
   */
  public record Created(String text, IssuedKey key) {
    @Override
    public String toString() {
      return "Created[" + key + "]";
    }
  }
}
