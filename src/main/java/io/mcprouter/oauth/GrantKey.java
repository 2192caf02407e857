package io.mcprouter.oauth;

import io.mcprouter.credential.SealedField;
import io.mcprouter.protocol.Caller;

/** Whose right it is, and where. */
record GrantKey(String tenant, String user, String server) {
  static GrantKey of(Caller caller, String server) {
    return new GrantKey(caller.tenant(), caller.id(), server);
  }

  SealedField field(String table, String name) {
    return new SealedField(table, tenant, user, server, name);
  }

  boolean isOf(Caller caller) {
    return tenant.equals(caller.tenant()) && user.equals(caller.id());
  }

  /** Names no user. */
  @Override
  public String toString() {
    return "GrantKey[" + server + "]";
  }
}
