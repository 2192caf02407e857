package io.mcprouter.testkit.auth;

import com.nimbusds.jose.jwk.JWK;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client that a scripted authorization server knows.
 *
 * @param secret null for a public client, and for one that signs
 * @param method its {@code token_endpoint_auth_method}
 * @param applicationType what its registration said; null where it said nothing
 * @param key what verifies its signatures, for {@code private_key_jwt}
 */
public record RegisteredClient(
    String id,
    @Nullable String secret,
    String method,
    List<String> redirectUris,
    @Nullable String applicationType,
    @Nullable JWK key) {
  /** A client with a secret, registered beforehand. */
  public static RegisteredClient withSecret(String id, String secret, String method) {
    return new RegisteredClient(id, secret, method, List.of(), null, null);
  }

  /** A client without a secret, registered beforehand. */
  public static RegisteredClient isPublic(String id) {
    return new RegisteredClient(id, null, "none", List.of(), null, null);
  }

  /** A client that signs what it says, registered beforehand. */
  public static RegisteredClient withKey(String id, JWK key) {
    return new RegisteredClient(id, null, "private_key_jwt", List.of(), null, key.toPublicJWK());
  }

  /** One that was registered beforehand for no address in particular may use each. */
  boolean allows(String redirectUri) {
    return redirectUris.isEmpty() || redirectUris.contains(redirectUri);
  }

  /** Hides the secret. */
  @Override
  public String toString() {
    return "RegisteredClient[" + id + ", " + method + "]";
  }
}
