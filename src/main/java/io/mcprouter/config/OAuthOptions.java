package io.mcprouter.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The router's own additions to authorization, {@code router.oauth}. {@code toString} shows nothing
 * of it: it holds secrets.
 *
 * @param grant how a token is got
 * @param clientId the client where {@code oauth} names none
 * @param clientSecret its secret, also where the authorization server is discovered
 * @param privateKey a private key as JWK or PEM, by which the client proves itself (RFC 7523)
 * @param keyAlgorithm the algorithm of the key, such as {@code ES256}; the key's own where absent
 * @param registrationToken the initial access token of dynamic registration
 * @param scope what to ask for where {@code oauth} names no scope
 * @param identityProvider where an identity assertion is got; for that grant only
 */
public record OAuthOptions(
    Grant grant,
    @Nullable String clientId,
    @Nullable String clientSecret,
    @Nullable String privateKey,
    @Nullable String keyAlgorithm,
    @Nullable String registrationToken,
    @Nullable String scope,
    @Nullable IdentityProvider identityProvider) {
  public static final OAuthOptions NONE =
      new OAuthOptions(Grant.AUTHORIZATION_CODE, null, null, null, null, null, null, null);

  /** How a token is got. */
  public enum Grant {
    /** Each user logs in. */
    AUTHORIZATION_CODE,
    /** The router's own right; users need none. */
    CLIENT_CREDENTIALS,
    /** The token that the caller came with is exchanged (RFC 8693). */
    TOKEN_EXCHANGE,
    /**
     * The same with the older grant that Entra ID has ({@code requested_token_use=on_behalf_of}).
     */
    ON_BEHALF_OF,
    /** The caller's identity provider vouches for them (ID-JAG). */
    IDENTITY_ASSERTION;

    /** Whether the token is made of what the caller came with. */
    public boolean needsCallersToken() {
      return List.of(TOKEN_EXCHANGE, ON_BEHALF_OF, IDENTITY_ASSERTION).contains(this);
    }
  }

  /**
   * The identity provider that the callers' tokens are from.
   *
   * @param tokenUrl its token endpoint
   */
  public record IdentityProvider(String tokenUrl, String clientId, @Nullable String clientSecret) {
    @Override
    public String toString() {
      return "IdentityProvider[hidden]";
    }
  }

  @Override
  public String toString() {
    return "OAuthOptions[" + grant + "]";
  }
}
