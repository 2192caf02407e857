package io.mcprouter.session;

import org.jspecify.annotations.Nullable;

/** Finds the policy of a server. Asked for every call, so it must be quick. */
@FunctionalInterface
public interface SessionPolicies {
  /**
   * The policy of the server with that name, or null for one that is in no configuration: a team's
   * own route may call any server, and the endpoint's options then say what is to be known.
   */
  @Nullable SessionPolicy of(String server);
}
