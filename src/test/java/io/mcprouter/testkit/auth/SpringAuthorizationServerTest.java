package io.mcprouter.testkit.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.Tokens;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientInformation;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientInformationResponse;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientMetadata;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientRegistrationRequest;
import com.nimbusds.openid.connect.sdk.rp.OIDCClientRegistrationResponseParser;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What tests may rely on of the embedded Spring Authorization Server. */
class SpringAuthorizationServerTest {
  private static final URI REDIRECT = URI.create("http://127.0.0.1:1/callback");
  private static final URI RESOURCE = URI.create("https://mcp.example/mcp");

  private static SpringAuthorizationServer server;

  @BeforeAll
  static void start() {
    server = SpringAuthorizationServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void registers_issues_for_a_resource_rotates_and_revokes() throws Exception {
    ClientSecretBasic client = registered();
    Tokens first = login(client);
    IssuedToken issued = server.valid(first.getAccessToken().getValue()).orElseThrow();
    assertThat(issued.audience()).isEqualTo(RESOURCE.toString());
    assertThat(issued.subject()).isEqualTo("spring-user");

    Tokens second =
        tokens(client, new RefreshTokenGrant(first.getRefreshToken()))
            .toSuccessResponse()
            .getTokens();
    assertThat(second.getRefreshToken()).isNotEqualTo(first.getRefreshToken());
    assertThat(tokens(client, new RefreshTokenGrant(first.getRefreshToken())).indicatesSuccess())
        .as("a used refresh token")
        .isFalse();

    revoke(client, second.getRefreshToken());
    assertThat(tokens(client, new RefreshTokenGrant(second.getRefreshToken())).indicatesSuccess())
        .as("a revoked refresh token")
        .isFalse();
    assertThat(server.valid(second.getAccessToken().getValue())).isEmpty();
  }

  @Test
  void gives_no_code_without_proof_of_key() throws Exception {
    URI link =
        new AuthorizationRequest.Builder(ResponseType.CODE, registered().getClientID())
            .endpointURI(server.uri("/oauth2/authorize"))
            .redirectionURI(REDIRECT)
            .scope(new Scope("mcp:basic"))
            .build()
            .toURI();
    try (Browser browser = new Browser()) {
      assertThat(browser.open(link, uri -> uri.toString().startsWith(REDIRECT.toString())).uri())
          .hasParameter("error", "invalid_request")
          .hasNoParameter("code");
    }
  }

  private static ClientSecretBasic registered() throws Exception {
    OIDCClientMetadata metadata = new OIDCClientMetadata();
    metadata.setRedirectionURI(REDIRECT);
    metadata.setGrantTypes(Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN));
    OIDCClientInformation client =
        ((OIDCClientInformationResponse)
                OIDCClientRegistrationResponseParser.parse(
                    new OIDCClientRegistrationRequest(
                            server.uri("/connect/register"),
                            metadata,
                            new BearerAccessToken(server.initialToken()))
                        .toHTTPRequest()
                        .send()))
            .getOIDCClientInformation();
    return new ClientSecretBasic(client.getID(), client.getSecret());
  }

  private static Tokens login(ClientSecretBasic client) throws Exception {
    CodeVerifier verifier = new CodeVerifier();
    URI link =
        new AuthorizationRequest.Builder(ResponseType.CODE, client.getClientID())
            .endpointURI(server.uri("/oauth2/authorize"))
            .redirectionURI(REDIRECT)
            .scope(new Scope("mcp:basic"))
            .state(new State("state"))
            .codeChallenge(verifier, CodeChallengeMethod.S256)
            .resource(RESOURCE)
            .build()
            .toURI();
    try (Browser browser = new Browser()) {
      URI back = browser.open(link, uri -> uri.toString().startsWith(REDIRECT.toString())).uri();
      AuthorizationCode code =
          AuthorizationResponse.parse(back).toSuccessResponse().getAuthorizationCode();
      return tokens(client, new AuthorizationCodeGrant(code, REDIRECT, verifier))
          .toSuccessResponse()
          .getTokens();
    }
  }

  private static TokenResponse tokens(ClientSecretBasic client, AuthorizationGrant grant)
      throws Exception {
    return TokenResponse.parse(
        new TokenRequest.Builder(server.uri("/oauth2/token"), client, grant)
            .resource(RESOURCE)
            .build()
            .toHTTPRequest()
            .send());
  }

  private static void revoke(ClientSecretBasic client, RefreshToken token) throws Exception {
    assertThat(
            new TokenRevocationRequest(server.uri("/oauth2/revoke"), client, token)
                .toHTTPRequest()
                .send()
                .getStatusCode())
        .isEqualTo(200);
  }
}
