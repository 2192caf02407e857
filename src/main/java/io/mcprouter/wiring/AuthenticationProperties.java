package io.mcprouter.wiring;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How callers prove who they are. Where nothing of this is set, the router listens on loopback only
 * and takes everybody who reaches it for the local user.
 *
 * @param apiKeys whether API keys are taken; they are made by {@code mcp-router keys create}
 * @param issuers authorization servers whose access tokens (JWT) are taken, by a name of your
 *     choice
 * @param proxy a program in front of the router that names the users whom it has authenticated
 */
public record AuthenticationProperties(
    @DefaultValue("false") boolean apiKeys,
    @DefaultValue Map<String, Issuer> issuers,
    @Nullable Proxy proxy) {
  public AuthenticationProperties {
    issuers = Map.copyOf(issuers);
  }

  /** Whether callers must prove who they are. */
  public boolean isRequired() {
    return apiKeys || !issuers.isEmpty() || proxy != null;
  }

  /**
   * An authorization server.
   *
   * @param issuer exactly the iss of its tokens, an https URL
   * @param jwksUri its keys; found by its metadata where not set
   * @param audiences what aud may hold besides the router's own URLs
   * @param algorithms the signatures that are taken
   * @param tenant whose users its subjects are; to be set where there are several issuers
   * @param userIdClaim the claim with the user's id
   * @param rolesClaim the claim with the user's roles; a dot leads into an object
   * @param claims the claim of each documented user field, by the field's name
   * @param login lets users prove themselves on the pages of a login by logging in at this issuer
   * @param forwardToken whether servers get a caller's token whose entries ask for it
   */
  public record Issuer(
      @Nullable String issuer,
      @Nullable URI jwksUri,
      @DefaultValue Set<String> audiences,
      @DefaultValue({"RS256", "PS256", "ES256"}) Set<String> algorithms,
      @Nullable String tenant,
      @DefaultValue("sub") String userIdClaim,
      @DefaultValue("roles") String rolesClaim,
      @DefaultValue Map<String, String> claims,
      @Nullable Login login,
      @DefaultValue("false") boolean forwardToken) {}

  /**
   * The router as a client of an issuer (OpenID Connect). Its redirect URI is the public URL with
   * /oauth/user/callback.
   *
   * @param clientId its id there
   * @param clientSecret its secret; a public client without one
   * @param scopes what it asks for
   */
  public record Login(
      @Nullable String clientId,
      @Nullable String clientSecret,
      @DefaultValue({"openid", "profile", "email"}) Set<String> scopes) {
    @Override
    public String toString() {
      return "Login[" + clientId + "]";
    }
  }

  /**
   * A trusted proxy. It needs a secret or a certificate, and addresses.
   *
   * @param secret what its secret header holds, at least 32 characters
   * @param secretHeader the header with the secret
   * @param certificateSubject the subject of its client certificate; needs an SSL bundle with a
   *     trust store
   * @param addresses from where it connects: addresses, or ranges such as 10.0.0.0/8
   * @param headers the header of each documented user field, by the field's name
   * @param rolesHeader the header with the user's roles, separated by commas
   * @param tenantHeader the header with the user's tenant; without it there is one tenant
   * @param tokenHeader the header with the token that the user's identity provider gave, where a
   *     server's is made of it; without it none is taken
   */
  public record Proxy(
      @Nullable String secret,
      @DefaultValue("X-MCP-Router-Secret") String secretHeader,
      @Nullable String certificateSubject,
      @DefaultValue List<String> addresses,
      @DefaultValue Map<String, String> headers,
      @DefaultValue("X-MCP-User-Roles") String rolesHeader,
      @Nullable String tenantHeader,
      @Nullable String tokenHeader) {
    @Override
    public String toString() {
      return "Proxy[hidden]";
    }
  }
}
