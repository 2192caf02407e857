package io.mcprouter.testkit.auth;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a user, or a client for itself, has been given; tokens come from it. */
record Grant(
    String family,
    String subject,
    String clientId,
    Set<String> scopes,
    @Nullable String resource,
    @Nullable String nonce) {
  Grant narrowedTo(Set<String> asked) {
    Refusal.unless(
        scopes.containsAll(asked), "invalid_scope", "a refresh asks for more than was granted");
    return asked.isEmpty() ? this : new Grant(family, subject, clientId, asked, resource, nonce);
  }
}
