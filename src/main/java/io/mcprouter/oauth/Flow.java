package io.mcprouter.oauth;

import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A login between the authorization request and its answer. Whatever the answer says, the token
 * request goes where this says.
 *
 * @param target the server as the call resolved it that asked for the login
 * @param browserHash of what the browser got as a cookie when the login began
 * @param namesIssuer see {@link AuthorizationServer#namesIssuer()}
 * @param issuerPromised see {@link AuthorizationServer#answersWithIssuer()}
 */
record Flow(
    GrantKey key,
    OAuthTarget target,
    String browserHash,
    Secret verifier,
    String issuer,
    boolean namesIssuer,
    boolean issuerPromised,
    URI tokenEndpoint,
    @Nullable URI revocationEndpoint,
    String clientId,
    ClientAuthenticationMethod clientMethod,
    URI redirect,
    String resource,
    List<String> scopes,
    int stepUps,
    Instant expires) {
  Flow {
    scopes = List.copyOf(scopes);
  }

  /**
   * Whether an answer is of the server that was asked (RFC 9207): the same text, or none where none
   * was promised.
   */
  boolean isAnsweredBy(@Nullable String answering) {
    if (!namesIssuer) {
      return true;
    }
    return answering == null ? !issuerPromised : answering.equals(issuer);
  }

  Grant.Origin origin() {
    return new Grant.Origin(
        Grant.Origin.hashOf(target),
        issuer,
        resource,
        tokenEndpoint,
        revocationEndpoint,
        clientId,
        clientMethod);
  }

  @Override
  public String toString() {
    return "Flow[" + key.server() + "]";
  }
}
