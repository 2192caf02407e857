package io.mcprouter.credential;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.stream.IntStream;

/** A key set that can be used, and the version under which it is kept. Immutable. */
final class Keys {
  /**
   * Holds a wrapped key set in its place: nothing else that the master key sealed passes for it.
   */
  private static final byte[] WRAPPED = "mcp-router keyset v1".getBytes(StandardCharsets.UTF_8);

  private static final AesGcmParameters AES256_GCM = PredefinedAeadParameters.AES256_GCM;

  private final KeysetHandle handle;
  private final Aead aead;
  private final long version;

  private Keys(KeysetHandle handle, long version) throws GeneralSecurityException {
    this.handle = handle;
    this.aead = handle.getPrimitive(RegistryConfiguration.get(), Aead.class);
    this.version = version;
  }

  static Keys fresh() throws GeneralSecurityException {
    return new Keys(KeysetHandle.generateNew(AES256_GCM, RegistryConfiguration.get()), 1);
  }

  static Keys unwrapped(byte[] wrapped, long version, MasterKey master)
      throws GeneralSecurityException {
    return new Keys(
        TinkProtoKeysetFormat.parseEncryptedKeyset(
            wrapped, master.aead(), WRAPPED, RegistryConfiguration.get()),
        version);
  }

  byte[] wrapped(MasterKey master) throws GeneralSecurityException {
    return TinkProtoKeysetFormat.serializeEncryptedKeyset(
        handle, master.aead(), WRAPPED, RegistryConfiguration.get());
  }

  /** The same keys and a new one, which seals from now on. */
  Keys rotated() throws GeneralSecurityException {
    KeysetHandle next =
        KeysetHandle.newBuilder(handle)
            .addEntry(
                KeysetHandle.generateEntryFromParameters(AES256_GCM).withRandomId().makePrimary())
            .build();
    return new Keys(next, version + 1);
  }

  /** The same keys as the next version. */
  Keys next() throws GeneralSecurityException {
    return new Keys(handle, version + 1);
  }

  byte[] seal(byte[] plain, SealedField where) throws GeneralSecurityException {
    return aead.encrypt(plain, where.associatedData());
  }

  byte[] unseal(byte[] sealed, SealedField where) throws GeneralSecurityException {
    return aead.decrypt(sealed, where.associatedData());
  }

  boolean has(long keyId) {
    return entries().anyMatch(at -> id(at) == keyId);
  }

  List<Long> ids() {
    return entries().mapToObj(this::id).toList();
  }

  long primary() {
    return Integer.toUnsignedLong(handle.getPrimary().getId());
  }

  private IntStream entries() {
    return IntStream.range(0, handle.size())
        .filter(at -> handle.getAt(at).getStatus() == KeyStatus.ENABLED);
  }

  private long id(int at) {
    return Integer.toUnsignedLong(handle.getAt(at).getId());
  }

  long version() {
    return version;
  }
}
