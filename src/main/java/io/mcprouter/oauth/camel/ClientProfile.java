package io.mcprouter.oauth.camel;

import io.mcprouter.oauth.GuardedSenderLimits;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a profile says of the client that a route is.
 *
 * @param provider where the identity provider's metadata is; null where {@code tokenEndpoint} is
 *     set
 * @param tokenEndpoint where tokens come from; found by the metadata where null
 * @param scope what is asked for; null for what the client gets by default
 * @param keepsTokens whether a token is used more than once
 * @param usualLife how long a token lives that does not say it
 * @param margin how long before its end a token is no longer used
 */
record ClientProfile(
    @Nullable URI provider,
    @Nullable URI tokenEndpoint,
    String issuer,
    String clientId,
    String clientSecret,
    @Nullable String scope,
    boolean keepsTokens,
    Duration usualLife,
    Duration margin,
    Duration metadataKept,
    GuardedSenderLimits limits) {
  static ClientProfile of(ProfileKeys keys) {
    keys.refuseInsecure();
    URI provider = keys.url("base-uri");
    URI endpoint = keys.url("token-endpoint");
    if (provider == null && endpoint == null) {
      throw keys.wrong("token-endpoint", "or base-uri is missing; set where tokens come from");
    }
    String issuer = keys.text("expected-issuer");
    return new ClientProfile(
        provider,
        endpoint,
        issuer != null ? issuer : provider == null ? "" : ValidationProfile.withoutSlash(provider),
        keys.required("client-id"),
        keys.required("client-secret"),
        keys.text("scope"),
        keys.flag("cache-tokens", true),
        keys.seconds("cached-tokens-default-expiry-seconds", 3600),
        keys.seconds("cached-tokens-expiration-margin-seconds", 5),
        keys.limit("oidc-discovery-cache-ttl-seconds", 600),
        ValidationProfile.limits(keys));
  }

  @Override
  public String toString() {
    return "ClientProfile[hidden]";
  }
}
