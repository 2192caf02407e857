package io.mcprouter.credential;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key that the other keys are sealed with. It never is in the database. */
public final class MasterKey {
  private static final Logger LOG = LoggerFactory.getLogger(MasterKey.class);
  private static final int BYTES = 32;
  private static final String HOW_TO_MAKE =
      "It is the Base64 of 32 random bytes; 'openssl rand -base64 32' makes one.";

  /** A group may read the file, since that is how orchestrators mount secrets. */
  private static final Set<PosixFilePermission> NOT_ALLOWED =
      PosixFilePermissions.fromString("----w-rwx");

  private final Aead aead;
  private final String origin;

  private MasterKey(byte[] key, String origin) {
    this.aead = aead(key);
    this.origin = origin;
  }

  @AccessesPartialKey
  private static Aead aead(byte[] key) {
    try {
      AeadConfig.register();
      AesGcmParameters parameters =
          AesGcmParameters.builder()
              .setKeySizeBytes(BYTES)
              .setIvSizeBytes(12)
              .setTagSizeBytes(16)
              .setVariant(AesGcmParameters.Variant.NO_PREFIX)
              .build();
      AesGcmKey aesKey =
          AesGcmKey.builder()
              .setParameters(parameters)
              .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
              .build();
      return KeysetHandle.newBuilder()
          .addEntry(KeysetHandle.importKey(aesKey).withRandomId().makePrimary())
          .build()
          .getPrimitive(RegistryConfiguration.get(), Aead.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is not available in this Java", e);
    }
  }

  /** The key that is written out in a setting or in the environment. */
  public static MasterKey ofText(String base64, String origin) {
    return new MasterKey(decoded(base64, origin), origin);
  }

  /**
   * The key in a file.
   *
   * @throws StoreException if it cannot be read, holds no key, or is open to other users
   */
  public static MasterKey ofFile(Path file) {
    String origin = "the file " + file;
    try {
      checkPrivate(file);
      return ofText(Files.readString(file, StandardCharsets.US_ASCII), origin);
    } catch (IOException e) {
      throw new StoreException(
          "The master key in " + origin + " cannot be read.",
          "Correct mcp-router.store.master-key-file, or give the router's user the right to read"
              + " it. "
              + HOW_TO_MAKE,
          e);
    }
  }

  private static void checkPrivate(Path file) throws IOException {
    if (Files.getFileAttributeView(file, PosixFileAttributeView.class) == null) {
      return;
    }
    if (Files.getPosixFilePermissions(file).stream().anyMatch(NOT_ALLOWED::contains)) {
      throw new StoreException(
          "The master key in the file " + file + " is open to other users of this machine.",
          "Take their rights away: chmod 600 " + file + ".");
    }
  }

  private static byte[] decoded(String base64, String origin) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      throw notAKey(origin);
    }
    if (key.length != BYTES) {
      throw notAKey(origin);
    }
    return key;
  }

  private static StoreException notAKey(String origin) {
    return new StoreException("The master key in " + origin + " is no key.", HOW_TO_MAKE);
  }

  /** The key in a file that is made, once, where it is missing: for a router of one person. */
  static MasterKey generatedIn(Path file) {
    if (Files.notExists(file)) {
      generate(file);
    }
    return ofFile(file);
  }

  private static void generate(Path file) {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    try {
      Files.createFile(file, forOwner(file));
      Files.writeString(
          file, Base64.getEncoder().encodeToString(key) + "\n", StandardOpenOption.WRITE);
      LOG.info(
          "A master key was made in {}: keep a copy of it apart from the data, which cannot be read"
              + " without it",
          file);
    } catch (IOException e) {
      throw new StoreException(
          "The master key cannot be written to " + file + ".",
          "Let the router write there, or name a key in mcp-router.store.master-key-file.",
          e);
    }
  }

  private static FileAttribute<?>[] forOwner(Path file) {
    boolean posix =
        Files.getFileAttributeView(file.toAbsolutePath().getParent(), PosixFileAttributeView.class)
            != null;
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  Aead aead() {
    return aead;
  }

  /** Where the key was found, for messages. */
  String origin() {
    return origin;
  }

  @Override
  public String toString() {
    return "MasterKey[" + origin + "]";
  }
}
