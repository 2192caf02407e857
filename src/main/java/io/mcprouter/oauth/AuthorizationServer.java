package io.mcprouter.oauth;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server as its metadata, or the administrator, describes it.
 *
 * @param issuer its identity, compared as it stands; registrations are kept under it
 * @param namesIssuer whether {@code issuer} is what the server calls itself, and not merely a name
 *     of ours for endpoints that the administrator wrote
 * @param answersWithIssuer whether it promises {@code iss} in authorization responses (RFC 9207)
 * @param takesMetadataDocuments whether a URL may be a client's id
 * @param authenticationMethods how clients prove themselves at the token endpoint; empty where it
 *     does not say
 */
record AuthorizationServer(
    String issuer,
    boolean namesIssuer,
    URI authorizationEndpoint,
    URI tokenEndpoint,
    @Nullable URI registrationEndpoint,
    @Nullable URI revocationEndpoint,
    boolean answersWithIssuer,
    boolean takesMetadataDocuments,
    List<String> authenticationMethods,
    List<String> scopes) {
  AuthorizationServer {
    authenticationMethods = List.copyOf(authenticationMethods);
    scopes = List.copyOf(scopes);
  }
}
