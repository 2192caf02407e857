package io.mcprouter.integration.message;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that senders sign messages with.
 *
 * @param secret shared with the senders
 * @param tenant whose users they may name
 * @param users the ids of the users that they may name; empty for all of the tenant
 * @param roles the roles that they may name
 * @param fields whether they may say more of a user than the id, such as an e-mail address
 */
public record SenderKey(
    String secret, String tenant, Set<String> users, Set<String> roles, boolean fields) {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "sha256=";

  public SenderKey {
    users = Set.copyOf(users);
    roles = Set.copyOf(roles);
  }

  /** The signature of a message, in hexadecimal. */
  public String sign(byte[] message) {
    return HexFormat.of().formatHex(hmac(message));
  }

  boolean signed(byte[] message, String signature) {
    String hex = signature.strip().toLowerCase(Locale.ROOT);
    try {
      byte[] claimed =
          HexFormat.of().parseHex(hex.startsWith(PREFIX) ? hex.substring(PREFIX.length()) : hex);
      return MessageDigest.isEqual(hmac(message), claimed);
    } catch (IllegalArgumentException noHexadecimal) {
      return false;
    }
  }

  private byte[] hmac(byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  boolean maySpeakFor(NamedUser user) {
    return user.tenant().equals(tenant)
        && (users.isEmpty() || users.contains(user.id()))
        && roles.containsAll(user.roles())
        && (fields || user.fields().isEmpty());
  }

  /** Hides the secret. */
  @Override
  public String toString() {
    return "SenderKey";
  }
}
