package io.mcprouter.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.mcprouter.identity.Callers.Reason;
import io.mcprouter.identity.Callers.Refused;
import io.mcprouter.protocol.Caller;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Access tokens: signature, issuer, audience, times, algorithm, type; each alone must refuse. */
class AccessTokensTest {
  private static final String BASE = "https://router.example.com";
  private static final String ISSUER = "https://login.example.com/realms/staff";
  private static final String KEYS = "https://login.example.com/keys";
  private static RSAKey key;
  private static RSAKey strangersKey;

  private final List<String> fetched = new ArrayList<>();
  private String metadataIssuer = ISSUER;
  private final Callers callers = callers(null);

  @BeforeAll
  static void makeKeys() throws JOSEException {
    key = new RSAKeyGenerator(2048).keyID("one").generate();
    strangersKey = new RSAKeyGenerator(2048).keyID("one").generate();
  }

  private Callers callers(URI keys) {
    IssuerSettings settings =
        new IssuerSettings(
            ISSUER,
            keys,
            Set.of("mcp-router"),
            IssuerSettings.DEFAULT_ALGORITHMS,
            "",
            new IssuerSettings.Claims(
                "sub", "realm_access.roles", IssuerSettings.Claims.DEFAULT.fields()));
    return new AuthenticatedCallers(
        null,
        null,
        new AccessTokens(List.of(settings), this::fetch, () -> BASE),
        InstantSource.system(),
        Ticker.systemTicker());
  }

  private String fetch(URI uri) throws IOException {
    fetched.add(uri.toString());
    if (uri.toString().equals(KEYS)) {
      return new JWKSet(key.toPublicJWK()).toString();
    }
    if (uri.getPath().endsWith("/realms/staff/.well-known/openid-configuration")) {
      return "{\"issuer\":\"" + metadataIssuer + "\",\"jwks_uri\":\"" + KEYS + "\"}";
    }
    throw new IOException("404");
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .subject("alice")
        .audience("mcp-router")
        .expirationTime(Date.from(Instant.now().plusSeconds(300)))
        .claim("email", "alice@example.com")
        .claim("email_verified", true)
        .claim("scope", "tickets:read tickets:write")
        .claim("realm_access", Map.of("roles", List.of("support")));
  }

  private static String token(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
    return signed(change, new JWSHeader.Builder(JWSAlgorithm.RS256), new RSASSASigner(key));
  }

  private static String signed(
      UnaryOperator<JWTClaimsSet.Builder> change, JWSHeader.Builder header, JWSSigner signer)
      throws JOSEException {
    SignedJWT jwt = new SignedJWT(header.keyID("one").build(), change.apply(claims()).build());
    jwt.sign(signer);
    return jwt.serialize();
  }

  private Caller prove(String token) throws Refused {
    return callers.prove(Requests.bearer(token)).caller();
  }

  @Test
  void a_right_token_names_its_user() throws Exception {
    Caller caller = prove(token(claims -> claims));
    assertThat(caller.id()).isEqualTo("alice");
    assertThat(caller.field("email")).isEqualTo("alice@example.com");
    assertThat(caller.field("emailVerified")).isEqualTo("true");
    assertThat(caller.roles()).containsExactly("support");
    assertThat(caller.scopes()).containsExactlyInAnyOrder("tickets:read", "tickets:write");
    assertThat(caller.source()).isEqualTo(Caller.Source.JWT);
  }

  @Test
  void what_was_proved_once_is_known_without_asking_anybody() throws Exception {
    Requests request = Requests.bearer(token(claims -> claims));
    assertThat(callers.known(request)).isNull();
    callers.prove(request);
    fetched.clear();
    assertThat(callers.known(request).caller().id()).isEqualTo("alice");
    assertThat(fetched).isEmpty();
  }

  @Test
  void the_metadata_must_be_of_the_very_issuer() throws Exception {
    metadataIssuer = ISSUER + "/";
    assertRefused(token(claims -> claims), Reason.UNAVAILABLE);
  }

  @Test
  void a_strangers_signature_is_refused() throws Exception {
    assertRefused(
        signed(
            claims -> claims,
            new JWSHeader.Builder(JWSAlgorithm.RS256),
            new RSASSASigner(strangersKey)),
        Reason.INVALID);
  }

  @Test
  void an_unsigned_token_is_refused() {
    assertRefused(new PlainJWT(claims().build()).serialize(), Reason.INVALID);
  }

  @Test
  void the_public_key_as_a_shared_secret_is_refused() throws Exception {
    assertRefused(
        signed(
            claims -> claims,
            new JWSHeader.Builder(JWSAlgorithm.HS256),
            new MACSigner(key.toPublicJWK().toJSONString())),
        Reason.INVALID);
  }

  @Test
  void an_algorithm_that_is_not_listed_is_refused() throws Exception {
    assertRefused(
        signed(claims -> claims, new JWSHeader.Builder(JWSAlgorithm.RS512), new RSASSASigner(key)),
        Reason.INVALID);
  }

  @Test
  void an_id_token_by_its_type_is_refused() throws Exception {
    assertRefused(
        signed(
            claims -> claims,
            new JWSHeader.Builder(JWSAlgorithm.RS256).type(new JOSEObjectType("logout+jwt")),
            new RSASSASigner(key)),
        Reason.INVALID);
  }

  @Test
  void another_issuer_is_refused() throws Exception {
    assertRefused(token(claims -> claims.issuer("https://evil.example.com")), Reason.INVALID);
    assertRefused(token(claims -> claims.issuer(ISSUER + "/")), Reason.INVALID);
  }

  @Test
  void another_audience_is_refused() throws Exception {
    assertRefused(token(claims -> claims.audience("https://other.example.com")), Reason.INVALID);
    assertRefused(token(claims -> claims.audience((String) null)), Reason.INVALID);
    assertRefused(token(claims -> claims.audience(BASE + ".evil.com/mcp")), Reason.INVALID);
  }

  @Test
  void the_routers_own_url_is_an_audience() throws Exception {
    assertThat(prove(token(claims -> claims.audience(BASE + "/mcp"))).id()).isEqualTo("alice");
    assertThat(prove(token(claims -> claims.audience(BASE))).id()).isEqualTo("alice");
  }

  @Test
  void a_token_for_one_server_opens_that_servers_endpoint_alone() throws Exception {
    String one = BASE + "/servers/tickets/mcp";
    Requests request = Requests.bearer(token(claims -> claims.audience(one)));
    assertThat(callers.prove(request.to(one)).caller().id()).isEqualTo("alice");
    assertThatThrownBy(() -> callers.prove(request.to(BASE + "/mcp")))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("audience");
  }

  @Test
  void an_expired_token_and_one_without_end_are_refused() throws Exception {
    Date past = Date.from(Instant.now().minusSeconds(120));
    assertRefused(token(claims -> claims.expirationTime(past)), Reason.INVALID);
    assertRefused(token(claims -> claims.expirationTime(null)), Reason.INVALID);
  }

  @Test
  void a_token_that_does_not_hold_yet_is_refused() throws Exception {
    Date later = Date.from(Instant.now().plusSeconds(120));
    assertRefused(token(claims -> claims.notBeforeTime(later)), Reason.INVALID);
  }

  @Test
  void a_token_without_a_user_is_refused() throws Exception {
    assertRefused(token(claims -> claims.subject(null)), Reason.INVALID);
    assertRefused(token(claims -> claims.subject("a\u0000b")), Reason.INVALID);
  }

  @Test
  void an_issuer_that_cannot_be_asked_is_asked_once_however_many_tokens_come() throws Exception {
    metadataIssuer = "https://other.example.com";
    for (int i = 0; i < 20; i++) {
      int number = i;
      assertRefused(token(claims -> claims.jwtID("t" + number)), Reason.UNAVAILABLE);
    }
    assertThat(fetched).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void an_issuer_that_cannot_be_asked_makes_nobody_anonymous() throws Exception {
    Callers without = callers(URI.create("https://login.example.com/nothing"));
    assertThatThrownBy(() -> without.prove(Requests.bearer(token(claims -> claims))))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE));
  }

  private void assertRefused(String token, Reason reason) {
    assertThatThrownBy(() -> prove(token))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason))
        .hasMessageNotContaining(token);
  }
}
