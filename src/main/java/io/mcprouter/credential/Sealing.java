package io.mcprouter.credential;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals secrets for the store with AES-256-GCM, each for its place alone. The keys are in the
 * store, sealed by the master key; a sealed value says which of them it needs, so old values stay
 * readable when a new key is added. Safe for all threads; it blocks only when it meets a key that
 * another node has added.
 */
public final class Sealing {
  private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);
  private static final byte TINK = 1;
  private static final int PREFIX = 1 + Integer.BYTES;

  /** Anybody can send a cookie of a key that never was: that must not cost a query each. */
  private static final Duration AFTER_UNKNOWN_KEY = Duration.ofSeconds(1);

  private final KeysetTable table;
  private final Clock clock;
  private volatile Consumer<byte[]> secrets = secret -> {};
  private volatile Instant nextLook = Instant.MIN;
  private volatile MasterKey master;
  private volatile Keys keys;

  private Sealing(KeysetTable table, Clock clock, MasterKey master, Keys keys) {
    this.table = table;
    this.clock = clock;
    this.master = master;
    this.keys = keys;
  }

  /**
   * Opens the keys of a store, and makes the first one where there is none.
   *
   * @throws StoreException if the master key is not this store's
   */
  public static Sealing open(Store store, MasterKey master, Clock clock) {
    KeysetTable table = new KeysetTable(store, clock);
    Keys keys =
        table
            .read(master)
            .orElseGet(
                () -> {
                  table.insertFirst(master);
                  return table.read(master).orElseThrow();
                });
    return new Sealing(table, clock, master, keys);
  }

  /** Tells of every secret that passes through here from now on, in either direction. */
  public void tell(Consumer<byte[]> listener) {
    secrets = listener;
  }

  /** Seals a value for its place. */
  public byte[] seal(byte[] plain, SealedField where) {
    secrets.accept(plain);
    return sealUntold(plain, where);
  }

  /** The same for what is no secret by itself, such as a tool's answer: nobody is told of it. */
  byte[] sealUntold(byte[] plain, SealedField where) {
    try {
      return keys.seal(plain, where);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A value for " + where.table() + " cannot be sealed", e);
    }
  }

  /**
   * Opens a value.
   *
   * @throws UnsealableException if it was not sealed for this place, was changed, or needs a key
   *     that the store does not have
   */
  public byte[] unseal(byte[] sealed, SealedField where) {
    byte[] plain = unsealUntold(sealed, where);
    secrets.accept(plain);
    return plain;
  }

  /** The same for what {@link #sealUntold} sealed. */
  byte[] unsealUntold(byte[] sealed, SealedField where) {
    long keyId = keyId(sealed);
    Keys known = keysWith(keyId);
    try {
      return known.unseal(sealed, where);
    } catch (GeneralSecurityException e) {
      throw new UnsealableException(where, known.has(keyId), e);
    }
  }

  /** The keys with what another node has added, where this one is not among those known. */
  private Keys keysWith(long keyId) {
    Keys known = keys;
    if (known.has(keyId) || clock.instant().isBefore(nextLook)) {
      return known;
    }
    Keys found = reload();
    if (!found.has(keyId)) {
      nextLook = clock.instant().plus(AFTER_UNKNOWN_KEY);
    }
    return found;
  }

  /** The id of the key that a value was sealed with. */
  public static long keyId(byte[] sealed) {
    return sealed.length < PREFIX || sealed[0] != TINK
        ? -1
        : Integer.toUnsignedLong(ByteBuffer.wrap(sealed, 1, Integer.BYTES).getInt());
  }

  /** The id of the key that seals now. */
  public long primaryKeyId() {
    return keys.primary();
  }

  /** The ids of all keys, the oldest first. */
  public List<Long> keyIds() {
    return keys.ids();
  }

  /** Takes over what another node has made of the keys. */
  public void refresh() {
    reload();
  }

  private synchronized Keys reload() {
    Optional<Keys> read = table.read(master);
    Keys found = read.orElseThrow(() -> new IllegalStateException("The store has lost its keys"));
    keys = found;
    return found;
  }

  /**
   * Adds a key, which seals from now on; what is sealed already stays readable.
   *
   * @return the new key's id
   */
  public synchronized long rotate() {
    while (true) {
      Keys next = rotated(reload());
      if (table.replace(next, master)) {
        keys = next;
        LOG.info("A new key seals secrets from now on: {}", next.primary());
        return next.primary();
      }
    }
  }

  private static Keys rotated(Keys before) {
    try {
      return before.rotated();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A key cannot be made", e);
    }
  }

  /**
   * Seals the keys themselves with another master key; no secret has to be sealed again. Every node
   * needs the new one when it starts next.
   */
  public synchronized void rewrap(MasterKey next) {
    while (true) {
      Keys same = nextVersion(reload());
      if (table.replace(same, next)) {
        master = next;
        keys = same;
        LOG.info("The keys are sealed with the master key in {} now", next.origin());
        return;
      }
    }
  }

  private static Keys nextVersion(Keys before) {
    try {
      return before.next();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The keys cannot be used", e);
    }
  }

  @Override
  public String toString() {
    return "Sealing[" + keys.ids().size() + " keys]";
  }

  /** A value cannot be opened; nothing of it is in the message. */
  public static final class UnsealableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsealableException(SealedField where, boolean keyIsKnown, @Nullable Throwable cause) {
      super(
          "A value of the table "
              + where.table()
              + (keyIsKnown
                  ? " was changed or belongs to another place"
                  : " was sealed with a key that this store does not have")
              + ", and cannot be opened; its user must save it again",
          cause);
    }
  }
}
