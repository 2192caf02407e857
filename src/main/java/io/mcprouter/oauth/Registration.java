package io.mcprouter.oauth;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Registers the router at authorization servers that let clients register (RFC 7591). */
final class Registration {
  static final String CLIENT_NAME = "mcp-router";
  private static final Set<String> ABOUT_SCOPES =
      Set.of("invalid_scope", "invalid_client_metadata");

  private final AuthorizationHttp http;
  private final OAuthPlaces places;

  Registration(AuthorizationHttp http, OAuthPlaces places) {
    this.http = http;
    this.places = places;
  }

  /**
   * A registration that was made.
   *
   * @param expires when its secret runs out; null for never
   */
  record Made(Client client, @Nullable Instant expires) {}

  /** Registers; a server that takes no scopes in a registration is asked again without. */
  Made register(AuthorizationServer server, List<String> scopes, OAuthTarget target)
      throws OAuthFailure {
    AuthorizationHttp.Answer answer = ask(server, scopes, target);
    if (!scopes.isEmpty() && ABOUT_SCOPES.contains(error(answer))) {
      answer = ask(server, List.of(), target);
    }
    Json json = answer.json();
    String id = json == null ? null : json.text("client_id");
    if (answer.status() >= 300 || json == null || id == null) {
      throw refused(server, answer);
    }
    return made(server, json, id);
  }

  private AuthorizationHttp.Answer ask(
      AuthorizationServer server, List<String> scopes, OAuthTarget target) throws OAuthFailure {
    URI place = Objects.requireNonNull(server.registrationEndpoint());
    HTTPRequest request = new HTTPRequest(HTTPRequest.Method.POST, place);
    request.setHeader("Content-Type", "application/json");
    String token = target.options().registrationToken();
    if (token != null) {
      request.setAuthorization("Bearer " + token);
    }
    request.setBody(JSONObjectUtils.toJSONString(metadata(server, scopes)));
    return http.send(request, target, server.issuer());
  }

  private Map<String, Object> metadata(AuthorizationServer server, List<String> scopes) {
    Map<String, Object> metadata = new LinkedHashMap<>(common());
    metadata.put("token_endpoint_auth_method", method(server.authenticationMethods()).getValue());
    if (!scopes.isEmpty()) {
      metadata.put("scope", Scopes.text(scopes));
    }
    return metadata;
  }

  private Map<String, Object> common() {
    Map<String, Object> common = new LinkedHashMap<>();
    common.put("client_name", CLIENT_NAME);
    common.put("application_type", places.applicationType());
    common.put("redirect_uris", List.of(places.callback().toString()));
    common.put("grant_types", List.of("authorization_code", "refresh_token"));
    common.put("response_types", List.of("code"));
    return common;
  }

  /** The document that a client id can name (OAuth client-id metadata documents). */
  @Nullable Map<String, Object> document() {
    if (places.clientDocument() == null) {
      return null;
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("client_id", places.clientDocument().toString());
    document.putAll(common());
    document.put("token_endpoint_auth_method", ClientAuthenticationMethod.NONE.getValue());
    return document;
  }

  /** With a secret where the server takes one: some give public clients no refresh tokens. */
  private static ClientAuthenticationMethod method(List<String> supported) {
    boolean onlyOpen =
        supported.contains("none")
            && !supported.contains("client_secret_basic")
            && !supported.contains("client_secret_post");
    return onlyOpen ? ClientAuthenticationMethod.NONE : Client.methodOfSecret(supported);
  }

  private static Made made(AuthorizationServer server, Json json, String id) {
    String secret = json.text("client_secret");
    String said = json.text("token_endpoint_auth_method");
    Long expires = json.number("client_secret_expires_at");
    Client client =
        secret == null || "none".equals(said)
            ? Client.open(server.issuer(), id, Client.Origin.REGISTERED)
            : Client.withSecret(
                server.issuer(),
                id,
                Client.Origin.REGISTERED,
                new Secret(secret),
                Client.methodOfSecret(
                    said == null ? server.authenticationMethods() : List.of(said)));
    return new Made(
        client, expires == null || expires == 0 ? null : Instant.ofEpochSecond(expires));
  }

  private static String error(AuthorizationHttp.Answer answer) {
    Json json = answer.json();
    return json == null || answer.status() < 400 ? "" : String.valueOf(json.text("error"));
  }

  private static OAuthFailure refused(AuthorizationServer server, AuthorizationHttp.Answer answer) {
    String where = "the authorization server " + SafeText.of(server.issuer());
    if (answer.isServerFault()) {
      return OAuthFailure.unreachable(where + " answers HTTP " + answer.status());
    }
    return OAuthFailure.unusable(
        where
            + " registers no client (HTTP "
            + answer.status()
            + " "
            + SafeText.of(error(answer))
            + "); register the router there by hand and set oauth.client_id, or give it"
            + " router.oauth.registrationToken");
  }
}
