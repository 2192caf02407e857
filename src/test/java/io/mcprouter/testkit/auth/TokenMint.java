package io.mcprouter.testkit.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** Makes the tokens of a scripted authorization server. */
final class TokenMint {
  private final String issuer;
  private final Script script;
  private final Ledger ledger;

  TokenMint(String issuer, Script script, Ledger ledger) {
    this.issuer = issuer;
    this.script = script;
    this.ledger = ledger;
  }

  /** The answer to a token request. */
  ObjectNode response(Grant grant, boolean withRefresh) {
    ObjectNode response =
        Answer.JSON
            .createObjectNode()
            .put("access_token", access(grant))
            .put("token_type", "Bearer")
            .put("scope", String.join(" ", grant.scopes()));
    if (script.has(Feature.LIFETIME_TOLD)) {
      response.put("expires_in", script.accessLifetime().toSeconds());
    }
    if (withRefresh && script.has(Feature.REFRESH_TOKENS)) {
      response.put("refresh_token", ledger.refreshToken(grant));
    }
    if (grant.scopes().contains("openid")) {
      response.put("id_token", idToken(grant));
    }
    return response;
  }

  String access(Grant grant) {
    String audience = script.audience() == null ? grant.resource() : script.audience();
    Instant expiry = Instant.now().plus(script.accessLifetime());
    IssuedToken token =
        new IssuedToken(
            Ledger.random("id"),
            grant.family(),
            grant.subject(),
            grant.clientId(),
            grant.scopes(),
            audience,
            expiry);
    String value =
        script.has(Feature.OPAQUE_TOKENS)
            ? Ledger.random("access")
            : Keys.sign("at+jwt", claims(token));
    ledger.access(value, token);
    return value;
  }

  private JWTClaimsSet claims(IssuedToken token) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .subject(token.subject())
        .audience(token.audience() == null ? List.of() : List.of(token.audience()))
        .claim("client_id", token.clientId())
        .claim("scope", String.join(" ", token.scopes()))
        .jwtID(token.id())
        .issueTime(new Date())
        .expirationTime(Date.from(token.expiry()))
        .build();
  }

  private String idToken(Grant grant) {
    return Keys.sign(
        "JWT",
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .subject(grant.subject())
            .audience(grant.clientId())
            .claim("nonce", grant.nonce())
            .claim("email", grant.subject() + "@example.org")
            .issueTime(new Date())
            .expirationTime(Date.from(Instant.now().plus(script.accessLifetime())))
            .build());
  }

  /** An assertion by which an identity provider lets its user in elsewhere (ID-JAG). */
  String identityAssertion(String subject, String clientId, String audience, String resource) {
    return Keys.sign(
        TokenEndpoint.ID_JAG_TYPE,
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .subject(subject)
            .audience(audience)
            .claim("client_id", clientId)
            .claim("resource", resource)
            .jwtID(Ledger.random("jag"))
            .issueTime(new Date())
            .expirationTime(Date.from(Instant.now().plusSeconds(300)))
            .build());
  }
}
