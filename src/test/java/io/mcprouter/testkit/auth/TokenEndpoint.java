package io.mcprouter.testkit.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives tokens for each kind of grant. */
final class TokenEndpoint {
  static final String ID_JAG_TYPE = "oauth-id-jag+jwt";
  static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final String ID_JAG = "urn:ietf:params:oauth:token-type:id-jag";
  private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

  private final String issuer;
  private final Script script;
  private final Clients clients;
  private final Ledger ledger;
  private final TokenMint mint;

  TokenEndpoint(String issuer, Script script, Clients clients, Ledger ledger, TokenMint mint) {
    this.issuer = issuer;
    this.script = script;
    this.clients = clients;
    this.ledger = ledger;
    this.mint = mint;
  }

  Answer answer(RecordedRequest request) {
    RegisteredClient client =
        clients.authenticated(request, Set.of(issuer, issuer + Endpoint.TOKEN.path()));
    return Answer.json(
        200,
        switch (request.parameter("grant_type")) {
          case "authorization_code" -> redeem(request, client);
          case "refresh_token" -> refresh(request, client);
          case "client_credentials" -> mint.response(own(request, client), false);
          case EXCHANGE -> exchange(request, client);
          case JWT_BEARER -> mint.response(asserted(request, client), true);
          default -> throw new Refusal("unsupported_grant_type", "no such grant");
        });
  }

  private ObjectNode redeem(RecordedRequest request, RegisteredClient client) {
    resource(request);
    Ledger.Code code = ledger.redeemed(request.parameter("code"));
    Refusal.unless(
        code.grant().clientId().equals(client.id()), "invalid_grant", "another client's code");
    Refusal.unless(
        code.redirectUri().equals(request.parameter("redirect_uri")),
        "invalid_grant",
        "redirect_uri is not the one of the authorization request");
    Refusal.unless(
        code.challenge().equals(challenge(request.parameter("code_verifier"))),
        "invalid_grant",
        "code_verifier does not fit code_challenge");
    return mint.response(code.grant(), true);
  }

  private ObjectNode refresh(RecordedRequest request, RegisteredClient client) {
    resource(request);
    Grant grant =
        ledger
            .refreshed(request.parameter("refresh_token"), client.id(), script)
            .narrowedTo(scopes(request));
    return mint.response(grant, script.has(Feature.ROTATION));
  }

  private Grant own(RecordedRequest request, RegisteredClient client) {
    Refusal.unless(
        !client.method().equals("none"), "unauthorized_client", "a public client has no rights");
    return grant(client.id(), client, request, resource(request));
  }

  private ObjectNode exchange(RecordedRequest request, RegisteredClient client) {
    String subject = subject(request.parameter("subject_token"));
    if (!request.parameter("requested_token_type").equals(ID_JAG)) {
      return mint.response(grant(subject, client, request, resource(request)), false)
          .put("issued_token_type", ACCESS_TOKEN);
    }
    String assertion =
        mint.identityAssertion(
            subject, client.id(), request.parameter("audience"), request.parameter("resource"));
    return Answer.JSON
        .createObjectNode()
        .put("access_token", assertion)
        .put("issued_token_type", ID_JAG)
        .put("token_type", "N_A")
        .put("expires_in", 300);
  }

  /** On-behalf-of as Entra has it, where any JWT is an assertion, and ID-JAG else. */
  private Grant asserted(RecordedRequest request, RegisteredClient client) {
    String assertion = request.parameter("assertion");
    if (request.parameter("requested_token_use").equals("on_behalf_of")) {
      return grant(subject(assertion), client, request, resource(request));
    }
    JWTClaimsSet claims = Keys.verified(ID_JAG_TYPE, assertion);
    Refusal.unless(
        claims.getAudience().equals(List.of(issuer)), "invalid_grant", "not for this server");
    Refusal.unless(
        client.id().equals(claims.getClaim("client_id")), "invalid_grant", "another client's");
    Refusal.unless(
        claims.getExpirationTime().after(new Date()), "invalid_grant", "the assertion expired");
    return grant(claims.getSubject(), client, request, (String) claims.getClaim("resource"));
  }

  private Grant grant(
      String subject, RegisteredClient client, RecordedRequest request, @Nullable String resource) {
    Set<String> asked = scopes(request);
    return new Grant(
        Ledger.random("family"),
        subject,
        client.id(),
        asked.isEmpty() ? script.scopes() : asked,
        resource,
        null);
  }

  /** The user of a token that somebody issued; an opaque one must be this server's. */
  private String subject(String token) {
    IssuedToken known = ledger.valid(token);
    if (known != null) {
      return known.subject();
    }
    try {
      return JWTParser.parse(token).getJWTClaimsSet().getSubject();
    } catch (ParseException e) {
      throw new Refusal("invalid_grant", "the subject's token cannot be read");
    }
  }

  private @Nullable String resource(RecordedRequest request) {
    Refusal.unless(
        request.has("resource") || !script.has(Feature.RESOURCE_REQUIRED),
        "invalid_target",
        "resource is missing");
    return request.has("resource") ? request.parameter("resource") : null;
  }

  static Set<String> scopes(RecordedRequest request) {
    Set<String> scopes = new LinkedHashSet<>(List.of(request.parameter("scope").split(" ")));
    scopes.remove("");
    return scopes;
  }

  static String challenge(String verifier) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
