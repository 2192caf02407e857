package io.mcprouter.oauth;

import io.mcprouter.config.OAuthOptions.Grant;
import io.mcprouter.config.OAuthSettings;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server whose endpoints the administrator wrote. They win; metadata may only add
 * to them, and only where it names the same token endpoint.
 */
final class ConfiguredServer {
  private ConfiguredServer() {}

  static boolean isIn(OAuthTarget target) {
    OAuthSettings settings = target.settings();
    return settings != null
        && settings.tokenUrl() != null
        && (settings.authorizationUrl() != null
            || target.options().grant() != Grant.AUTHORIZATION_CODE);
  }

  /** Whether a place is beside one of the endpoints that the administrator wrote. */
  static boolean holds(OAuthTarget target, URI place) {
    OAuthSettings settings = Objects.requireNonNull(target.settings());
    return Stream.of(
            settings.tokenUrl(), settings.authorizationUrl(), settings.revocationEndpoint())
        .filter(Objects::nonNull)
        .anyMatch(written -> isBeside(place, written));
  }

  private static boolean isBeside(URI place, String written) {
    try {
      return Endpoints.origin(place).equals(Endpoints.origin(URI.create(written)));
    } catch (IllegalArgumentException e) {
      return false; // no request goes to what is no URL
    }
  }

  static Discovered of(OAuthTarget target, @Nullable Discovered found) throws OAuthFailure {
    OAuthSettings settings = Objects.requireNonNull(target.settings());
    URI token = Endpoints.checked(String.valueOf(settings.tokenUrl()), "oauth.token_url");
    URI authorization =
        settings.authorizationUrl() == null
            ? token
            : Endpoints.checked(settings.authorizationUrl(), "oauth.authorization_url");
    AuthorizationServer more =
        found != null && found.server().tokenEndpoint().equals(token) ? found.server() : null;
    return new Discovered(
        found == null ? Endpoints.canonical(target.url()) : found.resource(),
        found == null ? List.of() : found.scopes(),
        more == null
            ? alone(authorization, token, settings)
            : completed(authorization, settings, more));
  }

  private static AuthorizationServer alone(URI authorization, URI token, OAuthSettings settings)
      throws OAuthFailure {
    return new AuthorizationServer(
        token.toString(),
        false,
        authorization,
        token,
        null,
        revocation(settings, null),
        false,
        false,
        settings.tokenEndpointAuthMethodsSupported(),
        List.of());
  }

  private static AuthorizationServer completed(
      URI authorization, OAuthSettings settings, AuthorizationServer more) throws OAuthFailure {
    List<String> methods = settings.tokenEndpointAuthMethodsSupported();
    return new AuthorizationServer(
        more.issuer(),
        true,
        authorization,
        more.tokenEndpoint(),
        near(more.registrationEndpoint(), more.tokenEndpoint()),
        revocation(settings, near(more.revocationEndpoint(), more.tokenEndpoint())),
        more.answersWithIssuer(),
        more.takesMetadataDocuments(),
        methods.isEmpty() ? more.authenticationMethods() : methods,
        more.scopes());
  }

  /**
   * Who wrote the metadata is not known here, only that it names the written token endpoint: of its
   * other endpoints only those beside that one may see secrets.
   */
  private static @Nullable URI near(@Nullable URI endpoint, URI token) {
    return endpoint != null && Endpoints.origin(endpoint).equals(Endpoints.origin(token))
        ? endpoint
        : null;
  }

  static @Nullable URI revocation(OAuthSettings settings, @Nullable URI otherwise)
      throws OAuthFailure {
    return settings.revocationEndpoint() == null
        ? otherwise
        : Endpoints.checked(settings.revocationEndpoint(), "oauth.revocation_endpoint");
  }
}
