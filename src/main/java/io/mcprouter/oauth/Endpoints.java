package io.mcprouter.oauth;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which addresses authorization may use: https, and http on loopback; and their canonical form. */
final class Endpoints {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private Endpoints() {}

  /**
   * The address that a foreign document gives.
   *
   * @param what its name in messages
   */
  static URI checked(String text, String what) throws OAuthFailure {
    try {
      return checked(URI.create(text), what);
    } catch (IllegalArgumentException e) {
      throw OAuthFailure.unusable(what + " is no URL");
    }
  }

  static URI checked(URI uri, String what) throws OAuthFailure {
    boolean isWeb = "https".equalsIgnoreCase(uri.getScheme());
    boolean isLocal = "http".equalsIgnoreCase(uri.getScheme()) && isLoopback(uri);
    if (uri.getHost() == null || (!isWeb && !isLocal)) {
      throw OAuthFailure.unusable(what + " must be an https URL (http is for loopback only)");
    }
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw OAuthFailure.unusable(what + " must have no user and no fragment");
    }
    return uri;
  }

  static boolean isLoopback(URI uri) {
    return uri.getHost() != null && LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT));
  }

  /** The server's own name for itself: no fragment, no slash alone; websockets are as http. */
  static String canonical(URI server) {
    String path = server.getRawPath() == null ? "" : server.getRawPath();
    String query = server.getRawQuery() == null ? "" : "?" + server.getRawQuery();
    return origin(server) + (path.equals("/") ? "" : path) + query;
  }

  static String origin(URI uri) {
    String scheme = scheme(uri);
    String host = String.valueOf(host(uri)).toLowerCase(Locale.ROOT);
    int port = uri.getPort();
    boolean isUsual = port < 0 || port == (scheme.equals("https") ? 443 : 80);
    return scheme + "://" + host + (isUsual ? "" : ":" + port);
  }

  private static @Nullable String host(URI uri) {
    return uri.getHost();
  }

  private static String scheme(URI uri) {
    return switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
      case "ws" -> "http";
      case "wss" -> "https";
      case String other -> other;
    };
  }

  /** Whether a resource is the server, or holds it: the same origin, and its path before it. */
  static boolean holds(String resource, URI server) {
    URI wide;
    try {
      wide = URI.create(resource);
    } catch (IllegalArgumentException e) {
      return false;
    }
    if (wide.getHost() == null || wide.getRawFragment() != null || wide.getRawUserInfo() != null) {
      return false;
    }
    boolean sameQuery =
        wide.getRawQuery() == null || wide.getRawQuery().equals(server.getRawQuery());
    return sameQuery
        && origin(wide).equals(origin(server))
        && directory(server).startsWith(directory(wide));
  }

  private static String directory(URI uri) {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return path.endsWith("/") ? path : path + "/";
  }
}
