package io.mcprouter.testkit.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The clients of a scripted authorization server, and how they prove themselves. */
final class Clients {
  private static final String ASSERTION_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final Map<String, RegisteredClient> known = new ConcurrentHashMap<>();
  private final Set<String> usedAssertions = ConcurrentHashMap.newKeySet();

  void add(RegisteredClient client) {
    known.put(client.id(), client);
  }

  void forgetAll() {
    known.clear();
  }

  List<RegisteredClient> all() {
    return List.copyOf(known.values());
  }

  @Nullable RegisteredClient find(String id) {
    return known.get(id);
  }

  /**
   * The client of a token or revocation request.
   *
   * @param audiences what an assertion may be meant for
   */
  RegisteredClient authenticated(RecordedRequest request, Set<String> audiences) {
    if (request.header("authorization").startsWith("Basic ")) {
      return basic(request.header("authorization").substring("Basic ".length()));
    }
    if (request.has("client_assertion")) {
      return signed(request, audiences);
    }
    if (request.has("client_secret")) {
      return secret(
          request.parameter("client_id"), request.parameter("client_secret"), "client_secret_post");
    }
    return known(request.parameter("client_id"), "none");
  }

  private RegisteredClient basic(String credentials) {
    String[] pair =
        new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8).split(":", 2);
    Refusal.unless(pair.length == 2, "invalid_client", "no colon in the basic credentials");
    return secret(decoded(pair[0]), decoded(pair[1]), "client_secret_basic");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private RegisteredClient secret(String id, String secret, String method) {
    RegisteredClient client = known(id, method);
    Refusal.unless(secret.equals(client.secret()), "invalid_client", "the secret is wrong");
    return client;
  }

  private RegisteredClient known(String id, String method) {
    RegisteredClient client = known.get(id);
    Refusal.unless(client != null, "invalid_client", "nobody knows this client");
    Refusal.unless(
        client.method().equals(method),
        "invalid_client",
        "the client is registered for " + client.method() + ", not for " + method);
    return client;
  }

  private RegisteredClient signed(RecordedRequest request, Set<String> audiences) {
    try {
      Refusal.unless(
          request.parameter("client_assertion_type").equals(ASSERTION_TYPE),
          "invalid_client",
          "client_assertion_type is not " + ASSERTION_TYPE);
      SignedJWT assertion = SignedJWT.parse(request.parameter("client_assertion"));
      JWTClaimsSet claims = assertion.getJWTClaimsSet();
      RegisteredClient client = known(String.valueOf(claims.getSubject()), "private_key_jwt");
      verify(assertion, client.key());
      checkClaims(claims, client, audiences);
      return client;
    } catch (ParseException | JOSEException e) {
      throw new Refusal("invalid_client", "the client assertion cannot be read: " + e);
    }
  }

  private void checkClaims(JWTClaimsSet claims, RegisteredClient client, Set<String> audiences) {
    Refusal.unless(
        client.id().equals(claims.getIssuer()), "invalid_client", "the assertion's iss is wrong");
    Refusal.unless(
        claims.getAudience().stream().anyMatch(audiences::contains),
        "invalid_client",
        "the assertion is not meant for this server");
    Refusal.unless(
        claims.getExpirationTime() != null && claims.getExpirationTime().after(new Date()),
        "invalid_client",
        "the assertion has expired");
    Refusal.unless(
        claims.getJWTID() != null && usedAssertions.add(claims.getJWTID()),
        "invalid_client",
        "the assertion has no id of its own");
  }

  private static void verify(SignedJWT assertion, @Nullable JWK key) throws JOSEException {
    Refusal.unless(key != null, "invalid_client", "the client has no key");
    boolean holds =
        assertion.verify(
            new DefaultJWSVerifierFactory()
                .createJWSVerifier(assertion.getHeader(), ((AsymmetricJWK) key).toPublicKey()));
    Refusal.unless(holds, "invalid_client", "the assertion's signature is wrong");
  }
}
