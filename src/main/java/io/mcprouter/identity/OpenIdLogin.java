package io.mcprouter.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.mcprouter.identity.Callers.Reason;
import io.mcprouter.identity.Callers.Refused;
import io.mcprouter.protocol.Caller;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a user prove themselves in a browser at an issuer (OpenID Connect, authorization code with
 * PKCE). All methods may block.
 */
public final class OpenIdLogin {
  private static final Logger LOG = LoggerFactory.getLogger(OpenIdLogin.class);

  private final IssuerSettings settings;
  private final Client client;
  private final IssuerKeys keys;
  private final HTTPRequestSender sender;

  /**
   * @param sender asks the token endpoint, within limits of time and size
   */
  public OpenIdLogin(
      IssuerSettings settings, Client client, JsonFetch fetch, HTTPRequestSender sender) {
    this.settings = settings;
    this.client = client;
    this.keys = new IssuerKeys(settings, fetch);
    this.sender = sender;
  }

  /**
   * The router as a client of the issuer.
   *
   * @param secret null for a public client
   */
  public record Client(String id, @Nullable String secret, Set<String> scopes) {
    public Client {
      scopes = Set.copyOf(scopes);
    }

    @Override
    public String toString() {
      return "Client[" + id + "]";
    }
  }

  /** What a browser must bring back. All of it is secret. */
  public record Pending(String state, String nonce, String verifier) {
    @Override
    public String toString() {
      return "Pending[hidden]";
    }
  }

  /** Where the browser goes, and what it must bring back. */
  public record Started(URI next, Pending pending) {}

  /**
   * Begins.
   *
   * @param callback where the issuer sends the browser back to
   * @throws Refused when the issuer cannot be asked
   */
  public Started begin(URI callback) throws Refused {
    State state = new State(32);
    Nonce nonce = new Nonce(32);
    CodeVerifier verifier = new CodeVerifier();
    URI next =
        new AuthenticationRequest.Builder(
                ResponseType.CODE,
                new Scope(client.scopes.toArray(String[]::new)),
                new ClientID(client.id),
                callback)
            .endpointURI(endpoint("authorization_endpoint"))
            .state(state)
            .nonce(nonce)
            .codeChallenge(verifier, CodeChallengeMethod.S256)
            .build()
            .toURI();
    return new Started(next, new Pending(state.getValue(), nonce.getValue(), verifier.getValue()));
  }

  private URI endpoint(String name) throws Refused {
    try {
      return URI.create(keys.metadata(name));
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("The metadata of {} cannot be read: {}", settings.issuer(), e.getMessage());
      throw new Refused(Reason.UNAVAILABLE, "The issuer cannot be asked now: try again later.");
    }
  }

  /**
   * Ends.
   *
   * @param parameters the query of the callback
   * @throws Refused when the answer proves nobody
   */
  public Caller finish(Map<String, List<String>> parameters, Pending pending, URI callback)
      throws Refused {
    try {
      AuthenticationResponse answer = AuthenticationResponseParser.parse(callback, parameters);
      boolean isOurs =
          answer.getState() != null && answer.getState().equals(new State(pending.state));
      boolean isOfIssuer =
          answer.getIssuer() == null || answer.getIssuer().getValue().equals(settings.issuer());
      if (!isOurs || !isOfIssuer || !answer.indicatesSuccess()) {
        throw refused("The issuer's answer is an error, or none to a login that began here.");
      }
      return caller(answer.toSuccessResponse().getAuthorizationCode(), pending, callback);
    } catch (ParseException e) {
      throw refused("The issuer's answer cannot be read.");
    }
  }

  private Caller caller(AuthorizationCode code, Pending pending, URI callback) throws Refused {
    try {
      TokenResponse tokens =
          OIDCTokenResponseParser.parse(
              request(code, pending, callback).toHTTPRequest().send(sender));
      if (!tokens.indicatesSuccess()) {
        throw refused("The issuer gives no token for its own code.");
      }
      JWT token =
          ((com.nimbusds.openid.connect.sdk.OIDCTokenResponse) tokens.toSuccessResponse())
              .getOIDCTokens()
              .getIDToken();
      return new TokenClaims(
              settings, validator().validate(token, new Nonce(pending.nonce)).toJWTClaimsSet())
          .caller(null);
    } catch (IOException e) {
      LOG.warn("{} gives no token: {}", settings.issuer(), e.getMessage());
      throw new Refused(Reason.UNAVAILABLE, "The issuer cannot be asked now: try again later.");
    } catch (ParseException | BadJOSEException | JOSEException e) {
      LOG.debug("An ID token of {} is refused", settings.issuer(), e);
      throw refused("The issuer's ID token is not right.");
    }
  }

  private TokenRequest request(AuthorizationCode code, Pending pending, URI callback)
      throws Refused {
    AuthorizationCodeGrant grant =
        new AuthorizationCodeGrant(code, callback, new CodeVerifier(pending.verifier));
    URI endpoint = endpoint("token_endpoint");
    ClientID id = new ClientID(client.id);
    return client.secret == null
        ? new TokenRequest.Builder(endpoint, id, grant).build()
        : new TokenRequest.Builder(
                endpoint, new ClientSecretBasic(id, new Secret(client.secret)), grant)
            .build();
  }

  private IDTokenValidator validator() {
    return new IDTokenValidator(
        new Issuer(settings.issuer()),
        new ClientID(client.id),
        new JWSVerificationKeySelector<>(settings.algorithms(), keys),
        null);
  }

  private static Refused refused(String message) {
    return new Refused(Reason.INVALID, message);
  }
}
