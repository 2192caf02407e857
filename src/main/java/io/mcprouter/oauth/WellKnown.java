package io.mcprouter.oauth;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Where metadata stands (RFC 9728, RFC 8414, OpenID Connect Discovery). */
final class WellKnown {
  private static final String RESOURCE = "/.well-known/oauth-protected-resource";
  private static final String OAUTH = "/.well-known/oauth-authorization-server";
  private static final String OPENID = "/.well-known/openid-configuration";

  private WellKnown() {}

  /** Of a server: for its path, then for its whole origin. */
  static List<URI> resource(URI server) {
    String origin = Endpoints.origin(server);
    Set<URI> places = new LinkedHashSet<>();
    places.add(URI.create(origin + RESOURCE + path(server)));
    places.add(URI.create(origin + RESOURCE));
    return List.copyOf(places);
  }

  /** Of an issuer, as OAuth has it. */
  static List<URI> oauth(URI issuer) {
    return List.of(URI.create(Endpoints.origin(issuer) + OAUTH + path(issuer)));
  }

  /** Of an issuer, as OpenID has it: in OAuth's place, and behind the issuer's path. */
  static List<URI> openId(URI issuer) {
    String origin = Endpoints.origin(issuer);
    Set<URI> places = new LinkedHashSet<>();
    places.add(URI.create(origin + OPENID + path(issuer)));
    places.add(URI.create(origin + path(issuer) + OPENID));
    return List.copyOf(places);
  }

  private static String path(URI uri) {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
