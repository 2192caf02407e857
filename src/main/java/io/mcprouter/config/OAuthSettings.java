package io.mcprouter.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the administrator fixed of a server's authorization (the {@code oauth} object); the rest is
 * discovered. {@code toString} shows nothing of it.
 *
 * @param redirectUri accepted for LibreChat's sake; the router always uses its own callback
 * @param clientSecret present only with a client id and both URLs
 * @param scope scopes in one string, separated by blanks
 * @param tokenExchangeMethod how the client proves itself at the token endpoint; negotiated where
 *     absent
 * @param skipCodeChallengeCheck use PKCE although the authorization server does not announce it
 * @param forwardAudienceOnRefresh default true
 * @param sendResourceParameter default true (RFC 8707)
 */
public record OAuthSettings(
    @Nullable String authorizationUrl,
    @Nullable String tokenUrl,
    @Nullable String redirectUri,
    @Nullable String revocationEndpoint,
    @Nullable String clientId,
    @Nullable String clientSecret,
    @Nullable String scope,
    @Nullable TokenExchangeMethod tokenExchangeMethod,
    List<String> grantTypesSupported,
    List<String> tokenEndpointAuthMethodsSupported,
    List<String> responseTypesSupported,
    List<String> codeChallengeMethodsSupported,
    List<String> revocationEndpointAuthMethodsSupported,
    boolean skipCodeChallengeCheck,
    @Nullable String audience,
    boolean forwardAudienceOnRefresh,
    boolean sendResourceParameter) {
  public OAuthSettings {
    grantTypesSupported = List.copyOf(grantTypesSupported);
    tokenEndpointAuthMethodsSupported = List.copyOf(tokenEndpointAuthMethodsSupported);
    responseTypesSupported = List.copyOf(responseTypesSupported);
    codeChallengeMethodsSupported = List.copyOf(codeChallengeMethodsSupported);
    revocationEndpointAuthMethodsSupported = List.copyOf(revocationEndpointAuthMethodsSupported);
  }

  /** How a confidential client proves itself ({@code token_exchange_method}). */
  public enum TokenExchangeMethod {
    DEFAULT_POST,
    BASIC_AUTH_HEADER
  }

  @Override
  public String toString() {
    return "OAuthSettings[hidden]";
  }
}
