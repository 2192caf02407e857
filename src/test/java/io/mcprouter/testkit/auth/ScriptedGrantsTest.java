package io.mcprouter.testkit.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The grants of the scripted server that no user takes part in. */
class ScriptedGrantsTest {
  private static final URI RESOURCE = URI.create("https://mcp.example/mcp");
  private static final String ID_JAG = "urn:ietf:params:oauth:token-type:id-jag";

  private final ScriptedAuthorizationServer server = ScriptedAuthorizationServer.start();
  private final ScriptedAuthorizationServer provider = ScriptedAuthorizationServer.start("/idp");
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    http.close();
    server.close();
    provider.close();
  }

  @Test
  void a_client_proves_itself_in_the_way_that_it_is_registered_for() throws Exception {
    server.add(RegisteredClient.withSecret("basic", "s:1 %", "client_secret_basic"));
    server.add(RegisteredClient.withSecret("post", "s2", "client_secret_post"));
    assertThat(own(new ClientSecretBasic(new ClientID("basic"), new Secret("s:1 %")))).isTrue();
    assertThat(own(new ClientSecretPost(new ClientID("post"), new Secret("s2")))).isTrue();
    assertThat(own(new ClientSecretBasic(new ClientID("post"), new Secret("s2")))).isFalse();
    assertThat(own(new ClientSecretBasic(new ClientID("basic"), new Secret("s2")))).isFalse();
  }

  @Test
  void a_client_signs_with_its_key() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).generate();
    server.add(RegisteredClient.withKey("signs", key));
    assertThat(own(signed(key))).isTrue();
    assertThat(own(signed(new ECKeyGenerator(Curve.P_256).generate()))).isFalse();
    assertThat(server.issued())
        .singleElement()
        .satisfies(token -> assertThat(token.audience()).isEqualTo(RESOURCE.toString()));
  }

  private PrivateKeyJWT signed(ECKey key) throws Exception {
    return new PrivateKeyJWT(
        new ClientID("signs"),
        server.uri(Endpoint.TOKEN),
        JWSAlgorithm.ES256,
        key.toPrivateKey(),
        null,
        null);
  }

  private boolean own(ClientAuthentication client) throws Exception {
    return TokenResponse.parse(
            new TokenRequest.Builder(
                    server.uri(Endpoint.TOKEN), client, new ClientCredentialsGrant())
                .scope(new Scope("mcp:basic"))
                .resource(RESOURCE)
                .build()
                .toHTTPRequest()
                .send())
        .indicatesSuccess();
  }

  @Test
  void a_token_is_exchanged_for_one_of_the_same_user() throws Exception {
    server.add(RegisteredClient.withSecret("router", "s", "client_secret_post"));
    String given = provider.accessToken("alice", "https://router.example");
    JsonNode answer =
        post(
            server,
            Map.of(
                "grant_type",
                TokenEndpoint.EXCHANGE,
                "subject_token",
                given,
                "client_id",
                "router",
                "client_secret",
                "s",
                "resource",
                RESOURCE.toString()));
    assertThat(server.valid(answer.path("access_token").asText()).orElseThrow().subject())
        .isEqualTo("alice");
  }

  @Test
  void an_identity_provider_lets_its_user_in_elsewhere() throws Exception {
    provider.add(RegisteredClient.isPublic("router"));
    server.add(RegisteredClient.isPublic("router"));
    JsonNode assertion =
        post(
            provider,
            Map.of(
                "grant_type",
                TokenEndpoint.EXCHANGE,
                "requested_token_type",
                ID_JAG,
                "subject_token",
                provider.accessToken("alice", "router"),
                "client_id",
                "router",
                "audience",
                server.issuer(),
                "resource",
                RESOURCE.toString()));
    assertThat(assertion.path("issued_token_type").asText()).isEqualTo(ID_JAG);
    IssuedToken token =
        server
            .valid(
                bearer(server, assertion.path("access_token").asText())
                    .path("access_token")
                    .asText())
            .orElseThrow();
    assertThat(token.subject()).isEqualTo("alice");
    assertThat(token.audience()).isEqualTo(RESOURCE.toString());
    assertThat(bearer(provider, assertion.path("access_token").asText()).path("error").asText())
        .as("the assertion is not meant for the one who made it")
        .isEqualTo("invalid_grant");
  }

  private JsonNode bearer(ScriptedAuthorizationServer at, String assertion) throws Exception {
    return post(
        at,
        Map.of(
            "grant_type", TokenEndpoint.JWT_BEARER, "assertion", assertion, "client_id", "router"));
  }

  private JsonNode post(ScriptedAuthorizationServer at, Map<String, String> parameters)
      throws Exception {
    String form =
        parameters.entrySet().stream()
            .map(
                each ->
                    each.getKey()
                        + "="
                        + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(at.uri(Endpoint.TOKEN))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    return PlainOAuthClient.json(http.send(request, HttpResponse.BodyHandlers.ofString()));
  }
}
