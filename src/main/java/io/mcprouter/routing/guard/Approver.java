package io.mcprouter.routing.guard;

import io.mcprouter.protocol.Caller;
import java.util.Locale;

/** Who may decide over a call, always of the caller's own tenant. */
public enum Approver {
  /** The user who calls, and administrators. */
  USER,

  /** An administrator who is not the user who calls: two people for one call. */
  ADMINISTRATOR;

  /**
   * Whether somebody may decide.
   *
   * @param tenant of the user who calls
   * @param user the key of the user who calls
   * @param administrator whether {@code who} is an administrator
   */
  boolean allows(String tenant, String user, Caller who, boolean administrator) {
    boolean same = user.equals(who.key());
    return tenant.equals(who.tenant())
        && switch (this) {
          case USER -> same || administrator;
          case ADMINISTRATOR -> administrator && !same;
        };
  }

  /** The name in files and in the API. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
