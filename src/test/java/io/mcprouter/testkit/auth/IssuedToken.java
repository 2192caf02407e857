package io.mcprouter.testkit.auth;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a scripted authorization server remembers of an access token.
 *
 * @param id tells it from all others of the server, and is no secret
 * @param family the grant from which it came, with all tokens refreshed from it
 * @param audience the resource for which it was given; null for none
 */
public record IssuedToken(
    String id,
    String family,
    String subject,
    String clientId,
    Set<String> scopes,
    @Nullable String audience,
    Instant expiry) {}
