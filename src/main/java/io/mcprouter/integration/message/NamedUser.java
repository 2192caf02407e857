package io.mcprouter.integration.message;

import io.mcprouter.protocol.Caller;
import java.util.Map;
import java.util.Set;

/**
 * A user as a message names one; whether that counts, others decide.
 *
 * @param tenant empty where there is one organization
 * @param fields documented user fields by name
 */
record NamedUser(String tenant, String id, Map<String, String> fields, Set<String> roles) {
  NamedUser {
    fields = Map.copyOf(fields);
    roles = Set.copyOf(roles);
  }

  /** A user of whom nothing but the id is known. */
  static NamedUser of(String id) {
    return new NamedUser("", id, Map.of(), Set.of());
  }

  Caller caller() {
    return new Caller(tenant, id, fields, roles, Set.of(), Caller.Source.ROUTE, null);
  }

  @Override
  public String toString() {
    return "NamedUser";
  }
}
