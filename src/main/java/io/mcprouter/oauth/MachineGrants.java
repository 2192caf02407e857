package io.mcprouter.oauth;

import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.JWTBearerGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.token.Token;
import com.nimbusds.oauth2.sdk.token.TokenTypeURI;
import com.nimbusds.oauth2.sdk.token.TypelessToken;
import com.nimbusds.oauth2.sdk.tokenexchange.TokenExchangeGrant;
import io.mcprouter.config.OAuthOptions;
import io.mcprouter.config.OAuthOptions.IdentityProvider;
import io.mcprouter.oauth.TokenAnswer.Granted;
import io.mcprouter.oauth.TokenAnswer.Refused;
import io.mcprouter.oauth.TokenAnswer.Undecided;
import io.mcprouter.protocol.Caller;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The token requests that take no login. */
final class MachineGrants {
  private static final String ASSERTION = "urn:ietf:params:oauth:token-type:id-jag";

  private final TokenEndpoint endpoint;

  MachineGrants(TokenEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  TokenEndpoint.Request request(
      Caller caller, OAuthTarget target, Discovered found, Client client, List<String> scopes)
      throws OAuthFailure {
    Asked asked = new Asked(target, found, client, scopes);
    return switch (target.options().grant()) {
      case CLIENT_CREDENTIALS -> asked.with(new ClientCredentialsGrant(), audience(target));
      case TOKEN_EXCHANGE -> asked.with(exchange(caller, target), audience(target));
      case ON_BEHALF_OF ->
          asked.with(bearer(presented(caller)), Map.of("requested_token_use", "on_behalf_of"));
      case IDENTITY_ASSERTION ->
          asked.with(bearer(assertion(caller, target, found, scopes)), Map.of());
      case AUTHORIZATION_CODE -> throw new IllegalArgumentException("this grant takes a login");
    };
  }

  private record Asked(OAuthTarget target, Discovered found, Client client, List<String> scopes) {
    TokenEndpoint.Request with(AuthorizationGrant grant, Map<String, String> parameters) {
      return new TokenEndpoint.Request(
          found.server().tokenEndpoint(),
          client,
          grant,
          scopes,
          target.sendsResource() ? found.resource() : null,
          parameters,
          target);
    }
  }

  private static Map<String, String> audience(OAuthTarget target) {
    boolean isExchange = target.options().grant() == OAuthOptions.Grant.TOKEN_EXCHANGE;
    String audience = target.settings() == null ? null : target.settings().audience();
    return audience == null || isExchange ? Map.of() : Map.of("audience", audience);
  }

  /** Never the caller's token itself: without an exchange there is no right. */
  private static String presented(Caller caller) throws OAuthFailure {
    if (caller.token() == null) {
      throw OAuthFailure.refused(
          "the server's token is made of the one that the caller logs in with, and this caller"
              + " brought none; log in to the router with a token of the identity provider");
    }
    return caller.token().value();
  }

  private static AuthorizationGrant exchange(Caller caller, OAuthTarget target)
      throws OAuthFailure {
    String audience = target.settings() == null ? null : target.settings().audience();
    return exchange(
        presented(caller), TokenTypeURI.ACCESS_TOKEN, TokenTypeURI.ACCESS_TOKEN, audience);
  }

  private static AuthorizationGrant exchange(
      String subject, TokenTypeURI is, TokenTypeURI wanted, @Nullable String audience) {
    Token token = new TypelessToken(subject);
    return new TokenExchangeGrant(
        token, is, null, null, wanted, audience == null ? null : Audience.create(audience));
  }

  private static AuthorizationGrant bearer(String assertion) throws OAuthFailure {
    try {
      return new JWTBearerGrant(SignedJWT.parse(assertion));
    } catch (java.text.ParseException e) {
      // The parser quotes the token, so its message goes no further.
      throw OAuthFailure.refused("the token to be exchanged is no signed JWT");
    }
  }

  /** What the caller's identity provider says of them to the server's authorization server. */
  private String assertion(Caller caller, OAuthTarget target, Discovered found, List<String> scopes)
      throws OAuthFailure {
    IdentityProvider provider = target.options().identityProvider();
    if (provider == null) {
      throw OAuthFailure.unusable("router.oauth.identityProvider is missing");
    }
    String subject = presented(caller);
    TokenEndpoint.Request request =
        new TokenEndpoint.Request(
            Endpoints.checked(provider.tokenUrl(), "router.oauth.identityProvider.tokenUrl"),
            client(provider),
            exchange(subject, typeOf(subject), assertionType(), found.server().issuer()),
            scopes,
            found.resource(),
            Map.of(),
            target.withoutHeaders());
    return switch (endpoint.ask(request)) {
      case Granted granted -> granted.access().value();
      case Refused no ->
          throw OAuthFailure.refused("the identity provider vouches for no one: " + no.error());
      case Undecided open -> throw open.why();
    };
  }

  private static Client client(IdentityProvider provider) {
    String secret = provider.clientSecret();
    URI issuer = URI.create(provider.tokenUrl());
    return secret == null
        ? Client.open(issuer.toString(), provider.clientId(), Client.Origin.CONFIGURED)
        : Client.withSecret(
            issuer.toString(),
            provider.clientId(),
            Client.Origin.CONFIGURED,
            new Secret(secret),
            ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
  }

  /** An access token says so in its head (RFC 9068); what says nothing is an id token. */
  private static TokenTypeURI typeOf(String token) {
    try {
      Object type = SignedJWT.parse(token).getHeader().getType();
      return type != null && type.toString().toLowerCase(Locale.ROOT).endsWith("at+jwt")
          ? TokenTypeURI.ACCESS_TOKEN
          : TokenTypeURI.ID_TOKEN;
    } catch (java.text.ParseException e) {
      return TokenTypeURI.ACCESS_TOKEN;
    }
  }

  private static TokenTypeURI assertionType() throws OAuthFailure {
    try {
      return TokenTypeURI.parse(ASSERTION);
    } catch (ParseException e) {
      throw OAuthFailure.unusable("the type of identity assertions is unknown");
    }
  }
}
