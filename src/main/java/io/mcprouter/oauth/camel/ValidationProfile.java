package io.mcprouter.oauth.camel;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import io.mcprouter.oauth.GuardedSenderLimits;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a profile says of the tokens that are taken.
 *
 * @param provider where the identity provider's metadata is; null where {@code keys} is set
 * @param keys where its keys are; found by its metadata where null
 * @param issuer exactly the {@code iss}; null for any
 * @param audiences one of them must be in {@code aud}; empty for any
 * @param types what the header {@code typ} may be; null among them for none
 * @param keysKept how long keys are used before they are read again
 * @param metadataKept the same of the metadata
 */
record ValidationProfile(
    @Nullable URI provider,
    @Nullable URI keys,
    @Nullable String issuer,
    Set<String> audiences,
    Set<JOSEObjectType> types,
    Set<JWSAlgorithm> algorithms,
    Duration skew,
    boolean requiresExpiration,
    Duration keysKept,
    Duration metadataKept,
    GuardedSenderLimits limits) {
  private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  static ValidationProfile of(ProfileKeys keys) {
    keys.refuseInsecure();
    refuseIntrospection(keys);
    URI provider = keys.url("base-uri");
    URI published = keys.url("jwks-endpoint");
    if (provider == null && published == null) {
      throw keys.wrong("base-uri", "or jwks-endpoint is missing; set where the keys are found");
    }
    return new ValidationProfile(
        provider,
        published,
        issuer(keys, provider),
        audiences(keys),
        types(keys),
        algorithms(keys),
        keys.seconds("clock-skew-seconds", 0),
        keys.flag("require-expiration", true),
        keys.limit("jwks-cache-ttl-seconds", 600),
        keys.limit("oidc-discovery-cache-ttl-seconds", 600),
        limits(keys));
  }

  private static void refuseIntrospection(ProfileKeys keys) {
    if (keys.text("introspection-endpoint") != null) {
      throw keys.wrong(
          "introspection-endpoint",
          "is not supported: tokens must be JWTs; have the identity provider issue them, and remove"
              + " this key");
    }
  }

  private static @Nullable String issuer(ProfileKeys keys, @Nullable URI provider) {
    String issuer = keys.text("expected-issuer");
    if (issuer == null && provider != null) {
      issuer = withoutSlash(provider);
    }
    if (issuer == null && !keys.flag("allow-missing-issuer", false)) {
      throw keys.wrong("expected-issuer", "is missing; set the iss that tokens must have");
    }
    return issuer;
  }

  static String withoutSlash(URI url) {
    return url.toString().replaceAll("/+$", "");
  }

  private static Set<String> audiences(ProfileKeys keys) {
    Set<String> audiences = keys.texts("expected-audience");
    if (audiences.isEmpty() && !keys.flag("allow-missing-audience", false)) {
      throw keys.wrong(
          "expected-audience",
          "is missing; set what aud of a token for this route holds, or every token of the identity"
              + " provider opens it");
    }
    return audiences;
  }

  private static Set<JOSEObjectType> types(ProfileKeys keys) {
    String type = keys.text("expected-token-type");
    Set<JOSEObjectType> types = new LinkedHashSet<>();
    if (type == null) {
      types.add(JOSEObjectType.JWT);
      types.add(ACCESS_TOKEN);
      types.add(null);
    } else {
      types.add(new JOSEObjectType(type));
    }
    return types;
  }

  private static Set<JWSAlgorithm> algorithms(ProfileKeys keys) {
    Set<String> named = keys.texts("allowed-jws-algorithms");
    Set<JWSAlgorithm> algorithms =
        named.isEmpty()
            ? ALGORITHMS
            : named.stream().map(JWSAlgorithm::parse).collect(Collectors.toUnmodifiableSet());
    if (!ALGORITHMS.containsAll(algorithms)) {
      throw keys.wrong(
          "allowed-jws-algorithms", "must name signatures with a public key, such as RS256, ES256");
    }
    return algorithms;
  }

  static GuardedSenderLimits limits(ProfileKeys keys) {
    Duration connect = keys.limit("connect-timeout-seconds", 5);
    Duration read = keys.limit("read-timeout-seconds", 10);
    return new GuardedSenderLimits(
        connect, connect.plus(read), GuardedSenderLimits.DEFAULT.maxBytes());
  }
}
