package io.mcprouter.oauth;

import io.mcprouter.config.OAuthOptions.Grant;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an authorization server's metadata from all the places where it may stand. */
final class AuthorizationServers {
  private final AuthorizationHttp http;
  private final HeaderIssuers headers;

  AuthorizationServers(AuthorizationHttp http, HeaderIssuers headers) {
    this.http = http;
    this.headers = headers;
  }

  /** The server with an issuer that the resource's metadata named. */
  AuthorizationServer named(String issuer, OAuthTarget target) throws OAuthFailure {
    URI place = Endpoints.checked(issuer, "the issuer in the server's metadata");
    Json metadata = metadata(place, issuer, target);
    if (metadata == null) {
      throw OAuthFailure.unusable(
          "the authorization server " + SafeText.of(issuer) + " publishes no metadata");
    }
    headers.found(target, issuer);
    return read(metadata, issuer, target);
  }

  /**
   * The server of 2025-03-26, which says nothing of its guard: that is at its own origin, with the
   * endpoints of that revision where it publishes no metadata.
   */
  AuthorizationServer atOrigin(OAuthTarget target) throws OAuthFailure {
    String origin = Endpoints.origin(target.url());
    URI place = Endpoints.checked(origin, "the address of a server with OAuth");
    List<URI> places = new ArrayList<>(WellKnown.oauth(place));
    places.addAll(WellKnown.openId(place));
    Json metadata = http.first(places, target, headers.atOrigin(target));
    String issuer = metadata == null ? origin : ownIssuer(metadata, target);
    headers.found(target, issuer);
    return metadata == null ? byDefault(origin) : read(metadata, issuer, target);
  }

  /** Nobody named an issuer, so it may have a path; but it must be the server itself. */
  private static String ownIssuer(Json metadata, OAuthTarget target) throws OAuthFailure {
    String issuer = metadata.text("issuer");
    if (issuer == null || !isOwn(issuer, target)) {
      throw OAuthFailure.unusable(
          "its authorization metadata is of another issuer than the server itself, and no"
              + " protected-resource metadata names that one; the server's owner must correct it");
    }
    return issuer;
  }

  private static boolean isOwn(String issuer, OAuthTarget target) throws OAuthFailure {
    URI claimed = Endpoints.checked(issuer, "the issuer in the server's metadata");
    return Endpoints.origin(claimed).equals(Endpoints.origin(target.url()));
  }

  private static AuthorizationServer byDefault(String origin) {
    return new AuthorizationServer(
        origin,
        true,
        URI.create(origin + "/authorize"),
        URI.create(origin + "/token"),
        URI.create(origin + "/register"),
        null,
        false,
        false,
        List.of(),
        List.of());
  }

  /** OAuth's document, with what OpenID's adds: some servers name their registration there only. */
  private @Nullable Json metadata(URI place, String issuer, OAuthTarget target)
      throws OAuthFailure {
    Json oauth = first(WellKnown.oauth(place), issuer, target);
    if (oauth != null && oauth.text("registration_endpoint") != null) {
      return oauth;
    }
    if (oauth == null) {
      return first(WellKnown.openId(place), issuer, target);
    }
    return merged(oauth, addition(place, issuer, target));
  }

  /** One that is wrong adds nothing; the one in OAuth's own place was right. */
  private @Nullable Json addition(URI place, String issuer, OAuthTarget target) {
    try {
      return first(WellKnown.openId(place), issuer, target);
    } catch (OAuthFailure e) {
      return null;
    }
  }

  private static Json merged(Json first, @Nullable Json second) {
    Map<String, Object> all = new HashMap<>(second == null ? Map.of() : second.members());
    all.putAll(first.members());
    return new Json(all);
  }

  private @Nullable Json first(List<URI> places, String issuer, OAuthTarget target)
      throws OAuthFailure {
    Json metadata = http.first(places, target, issuer);
    return metadata == null ? null : ofIssuer(metadata, issuer);
  }

  private static Json ofIssuer(Json metadata, String issuer) throws OAuthFailure {
    if (!issuer.equals(metadata.text("issuer"))) {
      throw OAuthFailure.unusable(
          "the metadata of the authorization server "
              + SafeText.of(issuer)
              + " is of another issuer; its owner must correct it");
    }
    return metadata;
  }

  private static AuthorizationServer read(Json metadata, String issuer, OAuthTarget target)
      throws OAuthFailure {
    boolean isCode = target.options().grant() == Grant.AUTHORIZATION_CODE;
    if (isCode) {
      requireProofKey(metadata, issuer, target);
    }
    URI token = required(metadata, "token_endpoint");
    return new AuthorizationServer(
        issuer,
        true,
        isCode ? required(metadata, "authorization_endpoint") : token,
        token,
        optional(metadata, "registration_endpoint"),
        optional(metadata, "revocation_endpoint"),
        metadata.flag("authorization_response_iss_parameter_supported"),
        metadata.flag("client_id_metadata_document_supported"),
        metadata.texts("token_endpoint_auth_methods_supported"),
        metadata.texts("scopes_supported"));
  }

  /** Without it a stolen code is as good as a login; it is sent in any case. */
  private static void requireProofKey(Json metadata, String issuer, OAuthTarget target)
      throws OAuthFailure {
    boolean isAnnounced = metadata.texts("code_challenge_methods_supported").contains("S256");
    boolean isVouchedFor =
        target.settings() != null
            && (target.settings().skipCodeChallengeCheck()
                || target.settings().codeChallengeMethodsSupported().contains("S256"));
    if (!isAnnounced && !isVouchedFor) {
      throw OAuthFailure.unusable(
          "the authorization server "
              + SafeText.of(issuer)
              + " does not announce PKCE with S256; where it has it all the same, set"
              + " oauth.skip_code_challenge_check");
    }
  }

  private static URI required(Json metadata, String name) throws OAuthFailure {
    String text = metadata.text(name);
    if (text == null) {
      throw OAuthFailure.unusable("the authorization server's metadata has no " + name);
    }
    return Endpoints.checked(text, name + " in the authorization server's metadata");
  }

  private static @Nullable URI optional(Json metadata, String name) throws OAuthFailure {
    return metadata.text(name) == null ? null : required(metadata, name);
  }
}
