package io.mcprouter.oauth;

import java.net.URI;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which authorization servers the administrator's {@code oauth_headers} are for: the endpoints that
 * the entry names, else the first issuer that the server named. A server that is taken over could
 * name another one to get them.
 */
final class HeaderIssuers {
  private static final Logger LOG = LoggerFactory.getLogger(HeaderIssuers.class);

  private final RegistrationTable table;

  HeaderIssuers(RegistrationTable table) {
    this.table = table;
  }

  /** The headers of a request to an issuer, none where they are not for it. */
  Map<String, String> headers(OAuthTarget target, URI place, String issuer) {
    if (target.headers().isEmpty()) {
      return Map.of();
    }
    boolean areForIt =
        ConfiguredServer.isIn(target)
            ? ConfiguredServer.holds(target, place)
            : isKnown(target, issuer);
    return areForIt ? target.headers() : Map.of();
  }

  private boolean isKnown(OAuthTarget target, String issuer) {
    String first = table.issuerOf(target.server(), what(target));
    return first == null || first.equals(issuer);
  }

  /** The issuer that the server's own origin is, whatever path the issuer has there. */
  String atOrigin(OAuthTarget target) {
    String origin = Endpoints.origin(target.url());
    String first = table.issuerOf(target.server(), what(target));
    return first != null && isAt(first, origin) ? first : origin;
  }

  private static boolean isAt(String issuer, String origin) {
    return issuer.equals(origin) || issuer.startsWith(origin + "/");
  }

  /** The issuer is who it says; where it is the first of its server, it stays the one. */
  void found(OAuthTarget target, String issuer) {
    if (target.headers().isEmpty() || ConfiguredServer.isIn(target)) {
      return;
    }
    String first = table.issuerOf(target.server(), what(target), issuer);
    if (!first.equals(issuer)) {
      LOG.warn(
          "Server '{}' names the authorization server {} now; its oauth_headers are for {} and are"
              + " not sent there. Where that is right, set oauth.authorization_url and"
              + " oauth.token_url",
          target.server(),
          SafeText.of(issuer),
          SafeText.of(first));
    }
  }

  /** An entry that leads elsewhere is another server. */
  private static String what(OAuthTarget target) {
    return "oauth_headers of " + Endpoints.origin(target.url());
  }
}
