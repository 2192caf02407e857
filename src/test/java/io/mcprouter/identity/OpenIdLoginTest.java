package io.mcprouter.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import io.mcprouter.identity.Callers.Refused;
import io.mcprouter.identity.OpenIdLogin.Client;
import io.mcprouter.identity.OpenIdLogin.Started;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A user's login at an issuer: each thing that could be forged refuses it alone. */
class OpenIdLoginTest {
  private static final String ISSUER = "https://login.example.com";
  private static final URI CALLBACK = URI.create("https://router.example.com/oauth/user/callback");
  private static RSAKey key;
  private static RSAKey strangersKey;

  private final List<Map<String, List<String>>> asked = new ArrayList<>();
  private final OpenIdLogin login =
      new OpenIdLogin(
          new IssuerSettings(
              ISSUER,
              null,
              Set.of(),
              IssuerSettings.DEFAULT_ALGORITHMS,
              "",
              IssuerSettings.Claims.DEFAULT),
          new Client("router", "s3cret", Set.of("openid")),
          OpenIdLoginTest::published,
          this::token);
  private final Started started = begin();
  private RSAKey signer = key;
  private UnaryOperator<JWTClaimsSet.Builder> change = claims -> claims;

  @BeforeAll
  static void makeKeys() throws JOSEException {
    key = new RSAKeyGenerator(2048).keyID("one").generate();
    strangersKey = new RSAKeyGenerator(2048).keyID("one").generate();
  }

  private static String published(URI uri) {
    return uri.getPath().equals("/keys")
        ? new JWKSet(key.toPublicJWK()).toString()
        : """
        {"issuer":"%1$s","jwks_uri":"%1$s/keys","authorization_endpoint":"%1$s/authorize",\
        "token_endpoint":"%1$s/token"}"""
            .formatted(ISSUER);
  }

  private Started begin() {
    try {
      return login.begin(CALLBACK);
    } catch (Refused e) {
      throw new AssertionError(e);
    }
  }

  private ReadOnlyHTTPResponse token(ReadOnlyHTTPRequest request) throws IOException {
    asked.add(URLUtils.parseParameters(request.getBody()));
    HTTPResponse answer = new HTTPResponse(200);
    answer.setHeader("Content-Type", "application/json");
    answer.setBody(
        "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"id_token\":\"" + idToken() + "\"}");
    return answer;
  }

  private String idToken() {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience("router")
            .subject("ada")
            .issueTime(new Date())
            .expirationTime(Date.from(Instant.now().plusSeconds(300)))
            .claim("nonce", started.pending().nonce());
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(),
            change.apply(claims).build());
    try {
      token.sign(new RSASSASigner(signer));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
    return token.serialize();
  }

  private Map<String, List<String>> answer() {
    return new HashMap<>(
        Map.of(
            "code", List.of("c"),
            "iss", List.of(ISSUER),
            "state", List.of(started.pending().state())));
  }

  private void assertRefused(Map<String, List<String>> answer) {
    assertThatThrownBy(() -> login.finish(answer, started.pending(), CALLBACK))
        .isInstanceOf(Refused.class);
  }

  @Test
  void the_token_of_the_answer_names_the_user() throws Refused {
    assertThat(login.finish(answer(), started.pending(), CALLBACK).id()).isEqualTo("ada");
  }

  @Test
  void the_code_is_of_use_to_nobody_but_who_began() throws Refused {
    Map<String, List<String>> sent = URLUtils.parseParameters(started.next().getRawQuery());
    assertThat(sent.get("code_challenge_method")).containsExactly("S256");
    assertThat(sent.get("code_challenge")).doesNotContain(started.pending().verifier());
    login.finish(answer(), started.pending(), CALLBACK);
    assertThat(asked.getFirst().get("code_verifier")).containsExactly(started.pending().verifier());
  }

  @Test
  void another_logins_state_is_refused_before_anything_is_asked() {
    Map<String, List<String>> answer = answer();
    answer.put("state", List.of("another"));
    assertRefused(answer);
    answer.remove("state");
    assertRefused(answer);
    assertThat(asked).isEmpty();
  }

  @Test
  void another_issuers_answer_is_refused_before_anything_is_asked() {
    Map<String, List<String>> answer = answer();
    answer.put("iss", List.of(ISSUER + "/"));
    assertRefused(answer);
    assertThat(asked).isEmpty();
  }

  @Test
  void a_token_of_another_login_is_refused() {
    change = claims -> claims.claim("nonce", "another");
    assertRefused(answer());
    change = claims -> claims.claim("nonce", null);
    assertRefused(answer());
  }

  @Test
  void a_token_for_another_client_is_refused() {
    change = claims -> claims.audience("another");
    assertRefused(answer());
  }

  @Test
  void a_token_of_another_issuer_is_refused() {
    change = claims -> claims.issuer("https://evil.example.com");
    assertRefused(answer());
  }

  @Test
  void a_token_that_has_ended_is_refused() {
    change = claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(600)));
    assertRefused(answer());
  }

  @Test
  void a_strangers_signature_is_refused() {
    signer = strangersKey;
    assertRefused(answer());
  }

  @Test
  void nothing_that_a_browser_must_bring_back_is_shown_as_text() {
    assertThat(started.pending().toString())
        .doesNotContain(
            started.pending().state(), started.pending().nonce(), started.pending().verifier());
  }
}
