package io.mcprouter.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out who guards a server: the resource's metadata, then the authorization server's. */
final class Discovery {
  private static final int MOST_REMEMBERED = 1000;
  private static final Duration REMEMBERED = Duration.ofMinutes(5);

  private final AuthorizationHttp http;
  private final AuthorizationServers servers;
  private final Cache<Asked, Discovered> found =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(REMEMBERED).build();

  /** What a finding depends on. */
  private record Asked(OAuthTarget target, @Nullable String hint) {}

  Discovery(AuthorizationHttp http, HeaderIssuers headers) {
    this.http = http;
    this.servers = new AuthorizationServers(http, headers);
  }

  /**
   * Who guards the server.
   *
   * @param hint {@code resource_metadata} of the server's challenge
   */
  Discovered find(OAuthTarget target, @Nullable String hint) throws OAuthFailure {
    Discovered known = found.getIfPresent(new Asked(target, hint));
    return known == null ? findAgain(target, hint) : known;
  }

  /** The same, whatever was found a while ago. */
  Discovered findAgain(OAuthTarget target, @Nullable String hint) throws OAuthFailure {
    Discovered fresh = search(target, hint);
    found.put(new Asked(target, hint), fresh);
    return fresh;
  }

  private Discovered search(OAuthTarget target, @Nullable String hint) throws OAuthFailure {
    if (ConfiguredServer.isIn(target)) {
      return ConfiguredServer.of(target, capabilities(target, hint));
    }
    return discover(target, hint);
  }

  private Discovered discover(OAuthTarget target, @Nullable String hint) throws OAuthFailure {
    Json metadata = resourceMetadata(target, hint);
    List<String> issuers = metadata == null ? List.of() : metadata.texts("authorization_servers");
    AuthorizationServer server =
        issuers.isEmpty() ? servers.atOrigin(target) : servers.named(issuers.getFirst(), target);
    String resource = metadata == null ? null : metadata.text("resource");
    return new Discovered(
        resource == null ? Endpoints.canonical(target.url()) : resource,
        metadata == null ? List.of() : metadata.texts("scopes_supported"),
        server);
  }

  /** What metadata adds to endpoints that the administrator wrote; they work without any. */
  private @Nullable Discovered capabilities(OAuthTarget target, @Nullable String hint) {
    try {
      return discover(target, hint);
    } catch (OAuthFailure e) {
      // The administrator's endpoints are enough, and no finding may be better than theirs.
      return null;
    }
  }

  /** Whether the server's own metadata says that it wants a token. */
  boolean isProtected(OAuthTarget target) throws OAuthFailure {
    return resourceMetadata(target, null) != null;
  }

  private @Nullable Json resourceMetadata(OAuthTarget target, @Nullable String hint)
      throws OAuthFailure {
    List<URI> places = new ArrayList<>();
    if (hint != null) {
      places.add(hinted(hint, target));
    }
    places.addAll(WellKnown.resource(target.url()));
    // these are places of the server's choosing: the administrator's headers are not for them
    String nobody = Endpoints.origin(target.url());
    return bound(http.first(places, target.withoutHeaders(), nobody), target);
  }

  /** The server's own origin is the administrator's choice, whatever its scheme. */
  private static URI hinted(String hint, OAuthTarget target) throws OAuthFailure {
    String what = "resource_metadata in the server's challenge";
    try {
      URI place = URI.create(hint);
      boolean isOwn =
          place.getHost() != null && Endpoints.origin(place).equals(Endpoints.origin(target.url()));
      return isOwn ? place : Endpoints.checked(place, what);
    } catch (IllegalArgumentException e) {
      throw OAuthFailure.unusable(what + " is no URL");
    }
  }

  /** A document about another resource would let that one's tokens be got for this server. */
  private static @Nullable Json bound(@Nullable Json metadata, OAuthTarget target)
      throws OAuthFailure {
    String resource = metadata == null ? null : metadata.text("resource");
    if (metadata == null
        || (resource == null && metadata.texts("authorization_servers").isEmpty())) {
      return null;
    }
    if (resource == null || !Endpoints.holds(resource, target.url())) {
      throw OAuthFailure.unusable(
          "its protected-resource metadata is about another resource"
              + (resource == null ? "" : " (" + SafeText.of(resource) + ")")
              + "; the server's owner must correct it");
    }
    return metadata;
  }
}
