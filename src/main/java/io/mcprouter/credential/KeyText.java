package io.mcprouter.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of an API key, {@code mcr_<id>_<secret>}: the id finds the row, the secret proves it.
 * The secret has 256 bits, so a plain hash of it cannot be guessed and needs no salt.
 */
record KeyText(String id, String secret) {
  private static final Pattern FORM = Pattern.compile("mcr_([0-9a-f]{16})_([A-Za-z0-9_-]{43})");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ID_BYTES = 8;
  private static final int SECRET_BYTES = 32;

  static KeyText fresh() {
    return new KeyText(
        HexFormat.of().formatHex(random(ID_BYTES)),
        Base64.getUrlEncoder().withoutPadding().encodeToString(random(SECRET_BYTES)));
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  static Optional<KeyText> of(String presented) {
    Matcher key = FORM.matcher(presented);
    return key.matches() ? Optional.of(new KeyText(key.group(1), key.group(2))) : Optional.empty();
  }

  byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(secret.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Takes the same time wherever the two differ. */
  boolean proves(byte[] storedHash) {
    return MessageDigest.isEqual(hash(), storedHash);
  }

  /** The whole key, for its owner alone. */
  String text() {
    return "mcr_" + id + "_" + secret;
  }

  @Override
  public String toString() {
    return "KeyText[" + id + "]";
  }
}
