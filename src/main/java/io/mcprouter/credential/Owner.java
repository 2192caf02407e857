package io.mcprouter.credential;

import io.mcprouter.protocol.Caller;

/**
 * Whose something is. It comes from the authenticated request, never from what the request says.
 *
 * @param tenant whose user; empty where there is one organization
 * @param user the user's id, never empty
 */
public record Owner(String tenant, String user) {
  private static final int LONGEST_TENANT = 255;
  private static final int LONGEST_USER = 512;

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

  /** Names nobody. */
  @Override
  public String toString() {
    return "Owner[user]";
  }
}
