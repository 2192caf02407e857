package io.mcprouter.oauth;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The router's own addresses, as browsers and authorization servers see them.
 *
 * @param startPage the page on which a login begins, without a slash at the end; the link's id
 *     becomes one more segment of its path
 * @param callback where authorization servers send the browser back to
 * @param clientDocument where the client-id metadata document is served; null where the router has
 *     no public https address
 */
public record OAuthPlaces(URI startPage, URI callback, @Nullable URI clientDocument) {
  /** The places under the router's public address, which has no slash at its end. */
  public static OAuthPlaces under(URI publicUrl) {
    boolean isPublic =
        "https".equalsIgnoreCase(publicUrl.getScheme()) && !Endpoints.isLoopback(publicUrl);
    return new OAuthPlaces(
        URI.create(publicUrl + "/oauth/start"),
        URI.create(publicUrl + "/oauth/callback"),
        isPublic ? URI.create(publicUrl + "/.well-known/oauth-client/router.json") : null);
  }

  URI link(String id) {
    return URI.create(startPage + "/" + id);
  }

  /** What OpenID's registration calls a client whose answers return to the user's own machine. */
  String applicationType() {
    return Endpoints.isLoopback(callback) ? "native" : "web";
  }
}
