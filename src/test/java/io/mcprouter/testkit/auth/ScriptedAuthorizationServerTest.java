package io.mcprouter.testkit.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What other tests rely on when the scripted server plays along, and when it does not. */
class ScriptedAuthorizationServerTest {
  private static final String RESOURCE = "https://mcp.example/mcp";

  private final ScriptedAuthorizationServer server = ScriptedAuthorizationServer.start("/tenant");
  private final PlainOAuthClient client = new PlainOAuthClient(server, RESOURCE);

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void publishes_its_metadata_where_it_is_told_to() {
    server.script().publishedAt(WellKnown.OPENID_APPENDED);
    assertThat(status("/.well-known/oauth-authorization-server/tenant")).isEqualTo(404);
    assertThat(status("/.well-known/openid-configuration/tenant")).isEqualTo(404);
    assertThat(status("/tenant/.well-known/openid-configuration")).isEqualTo(200);
  }

  private int status(String path) {
    return client.get(URI.create(server.issuer()).resolve(path)).statusCode();
  }

  @Test
  void says_of_itself_what_the_test_makes_of_it() {
    server.script().without(Feature.S256_ADVERTISED);
    server.script().metadata((form, document) -> document.put("issuer", "https://liar.example"));
    JsonNode metadata = PlainOAuthClient.json(client.get(server.uri(Endpoint.METADATA)));
    assertThat(metadata.path("issuer").asText()).isEqualTo("https://liar.example");
    assertThat(metadata.has("code_challenge_methods_supported")).isFalse();
  }

  @Test
  void signs_tokens_that_its_published_key_verifies() throws Exception {
    String token = client.login().path("access_token").asText();
    RSAKey key =
        (RSAKey) JWKSet.parse(client.get(server.uri(Endpoint.JWKS)).body()).getKeys().getFirst();
    SignedJWT jwt = SignedJWT.parse(token);
    assertThat(jwt.verify(new RSASSAVerifier(key))).isTrue();
    assertThat(jwt.getJWTClaimsSet().getAudience()).containsExactly(RESOURCE);
    assertThat(server.valid(token)).isPresent();
  }

  @Test
  void ends_a_grant_whose_refresh_token_comes_twice() {
    JsonNode first = client.login();
    JsonNode second = client.refresh(first.path("refresh_token").asText());
    String again = second.path("access_token").asText();
    assertThat(server.valid(again)).isPresent();
    assertThat(client.refresh(first.path("refresh_token").asText()).path("error").asText())
        .isEqualTo("invalid_grant");
    assertThat(server.valid(again)).isEmpty();
    assertThat(server.hasEnded(server.issued().getFirst().family())).isTrue();
    assertThat(client.refresh(second.path("refresh_token").asText()).path("error").asText())
        .isEqualTo("invalid_grant");
  }

  @Test
  void takes_a_code_once_and_only_with_its_verifier() {
    String code = client.code();
    assertThat(client.redeem(code, "wrong").path("error").asText()).isEqualTo("invalid_grant");
    assertThat(client.redeem(code, PlainOAuthClient.VERIFIER).path("error").asText())
        .as("a wrong verifier uses the code up")
        .isEqualTo("invalid_grant");
  }

  @Test
  void revokes_what_it_is_told_to() {
    JsonNode tokens = client.login();
    client.revoke(tokens.path("refresh_token").asText());
    assertThat(server.valid(tokens.path("access_token").asText())).isEmpty();
  }

  @Test
  void counts_what_it_was_asked() {
    client.refresh(client.login().path("refresh_token").asText());
    assertThat(server.tokenRequests("refresh_token"))
        .singleElement()
        .satisfies(request -> assertThat(request.parameter("resource")).isEqualTo(RESOURCE));
    assertThat(server.requests(Endpoint.AUTHORIZATION)).hasSize(1);
  }

  @Test
  void loses_an_answer_after_it_has_acted() {
    String refresh = client.login().path("refresh_token").asText();
    server.once(Endpoint.TOKEN, new Fault.LostResponse());
    assertThatThrownBy(() -> client.refresh(refresh)).hasRootCauseInstanceOf(IOException.class);
    assertThat(server.issued()).hasSize(2);
  }

  @Test
  void holds_a_request_until_the_test_lets_it_go() {
    String refresh = client.login().path("refresh_token").asText();
    try (Fault.Hold hold = server.hold(Endpoint.TOKEN)) {
      CompletableFuture<JsonNode> answer = async(() -> client.refresh(refresh));
      hold.awaitArrival();
      assertThat(answer).isNotDone();
      hold.release();
      assertThat(answer.join().has("access_token")).isTrue();
    }
  }

  private static <T> CompletableFuture<T> async(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> Thread.ofVirtual().start(task));
  }

  @Test
  void sends_elsewhere_fails_and_never_ends_where_told_to() throws Exception {
    URI jwks = server.uri(Endpoint.JWKS);
    server.once(Endpoint.JWKS, new Fault.Redirect(URI.create("http://169.254.169.254/")));
    server.once(Endpoint.JWKS, new Fault.Status(500));
    server.once(Endpoint.JWKS, new Fault.EndlessBody());
    assertThat(client.get(jwks).headers().firstValue("location"))
        .hasValue("http://169.254.169.254/");
    assertThat(client.get(jwks).statusCode()).isEqualTo(500);
    HttpResponse<InputStream> endless = client.stream(jwks);
    try (InputStream body = endless.body()) {
      assertThat(body.readNBytes(1 << 20)).hasSize(1 << 20);
    }
    assertThat(client.get(jwks).statusCode()).isEqualTo(200);
  }

  @Test
  void forgets_its_clients() {
    String refresh = client.login().path("refresh_token").asText();
    server.forgetClients();
    assertThat(client.refresh(refresh).path("error").asText()).isEqualTo("invalid_client");
  }

  @Test
  void gives_tokens_without_words_that_expire_at_once() {
    server.script().with(Feature.OPAQUE_TOKENS).accessLifetime(Duration.ofSeconds(-1));
    String token = client.login().path("access_token").asText();
    assertThat(token).startsWith("access-");
    assertThat(server.valid(token)).isEmpty();
  }

  @Test
  void names_the_wrong_issuer_to_the_browser() {
    server.script().iss(Iss.WRONG);
    assertThat(client.authorize().getQuery()).contains("iss=https://another.example");
    server.script().iss(Iss.ABSENT);
    assertThat(client.authorize().getQuery()).doesNotContain("iss=");
  }
}
