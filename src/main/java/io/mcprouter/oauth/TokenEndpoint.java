package io.mcprouter.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import io.mcprouter.oauth.TokenAnswer.Granted;
import io.mcprouter.oauth.TokenAnswer.Refused;
import io.mcprouter.oauth.TokenAnswer.Undecided;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks token endpoints. */
final class TokenEndpoint {
  private final AuthorizationHttp http;

  TokenEndpoint(AuthorizationHttp http) {
    this.http = http;
  }

  /**
   * One request for tokens.
   *
   * @param scopes empty for none
   * @param resource null where the administrator wants none to be sent
   * @param parameters further ones
   * @param target the server that the tokens are for
   */
  record Request(
      URI endpoint,
      Client client,
      AuthorizationGrant grant,
      List<String> scopes,
      @Nullable String resource,
      Map<String, String> parameters,
      OAuthTarget target) {
    Request withoutScopes() {
      return new Request(endpoint, client, grant, List.of(), resource, parameters, target);
    }

    @Override
    public String toString() {
      return "Request[" + grant.getType() + "]";
    }
  }

  TokenAnswer ask(Request request) {
    try {
      return read(
          http.send(message(request).toHTTPRequest(), request.target(), request.client().issuer()));
    } catch (OAuthFailure e) {
      return new Undecided(e);
    }
  }

  private static TokenRequest message(Request request) throws OAuthFailure {
    ClientAuthentication proof = request.client().authentication();
    TokenRequest.Builder message =
        proof == null
            ? new TokenRequest.Builder(
                request.endpoint(), request.client().clientId(), request.grant())
            : new TokenRequest.Builder(request.endpoint(), proof, request.grant());
    if (!request.scopes().isEmpty()) {
      message.scope(Scope.parse(request.scopes()));
    }
    if (request.resource() != null) {
      message.resource(URI.create(request.resource()));
    }
    request.parameters().forEach(message::customParameter);
    return message.build();
  }

  /** Some servers answer an error with HTTP 200. */
  private static TokenAnswer read(AuthorizationHttp.Answer answer) {
    if (answer.isServerFault()) {
      return undecided("answers HTTP " + answer.status());
    }
    Json json = answer.json();
    String error = json == null ? null : json.text("error");
    if (error != null) {
      return new Refused(SafeText.of(error));
    }
    if (answer.status() >= 300) {
      return new Refused("http_" + answer.status());
    }
    return json == null ? undecided("answers something that is no JSON") : granted(json);
  }

  private static TokenAnswer granted(Json json) {
    String access = json.text("access_token");
    String type = json.text("token_type");
    if (access == null || !isHeaderValue(access)) {
      return new Refused("no_access_token");
    }
    if (type != null && !isUsable(type)) {
      return new Refused("unsupported_token_type");
    }
    String refresh = json.text("refresh_token");
    String scope = json.text("scope");
    return new Granted(
        new Secret(access),
        refresh == null ? null : new Secret(refresh),
        json.number("expires_in"),
        scope == null ? null : Scopes.of(scope));
  }

  /** An assertion of an identity provider is no access token, and its type says so. */
  private static boolean isUsable(String type) {
    return type.equalsIgnoreCase("Bearer") || type.equalsIgnoreCase("N_A");
  }

  private static boolean isHeaderValue(String token) {
    return token.chars().allMatch(one -> one > ' ' && one < 127);
  }

  private static Undecided undecided(String what) {
    return new Undecided(
        OAuthFailure.unreachable("the authorization server's token endpoint " + what));
  }
}
