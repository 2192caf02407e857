package io.mcprouter.credential;

import io.mcprouter.protocol.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Whose something is. It comes from the authenticated request, never from what the request says.
 *
 * @param tenant whose user; empty where there is one organization
 * @param user the user's id, never empty
 */
public record Owner(String tenant, String user) {
  private static final int LONGEST_TENANT = 255;
  private static final int LONGEST_USER = 512;
  private static final int DIGEST_BYTES = 16;

  public Owner {
    if (user.isEmpty()) {
      throw new IllegalArgumentException("Nobody owns anything: there is no user");
    }
    if (tenant.length() > LONGEST_TENANT || user.length() > LONGEST_USER) {
      throw new IllegalArgumentException(
          "A tenant is at most "
              + LONGEST_TENANT
              + " characters long, a user's id at most "
              + LONGEST_USER);
    }
  }

  public static Owner of(Caller caller) {
    return new Owner(caller.tenant(), caller.id());
  }

  /** Tells owners apart in names that others may see, and names nobody. */
  public String digest() {
    MessageDigest sha = sha256();
    sha.update(tenant.getBytes(StandardCharsets.UTF_8));
    sha.update((byte) 0);
    byte[] hash = sha.digest(user.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Names nobody. */
  @Override
  public String toString() {
    return "Owner[user]";
  }
}
