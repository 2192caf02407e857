package io.mcprouter.oauth;

import java.net.URI;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The router's own addresses, as browsers and authorization servers see them.
 *
 * @param base the router's address for browsers without a slash at its end, known once it listens;
 *     gives null where the router serves no pages
 * @param published where the client-id metadata document stands, if not where the router serves it
 */
public record OAuthPlaces(Supplier<@Nullable URI> base, @Nullable URI published) {

  /** The places under the router's public address. */
  public static OAuthPlaces under(URI publicUrl) {
    return new OAuthPlaces(() -> publicUrl, null);
  }

  /** Where authorization servers send the browser back to. */
  public URI callback() {
    return URI.create(pages() + "/oauth/callback");
  }

  /**
   * Where the client-id metadata document is served; null where the router has no public https
   * address.
   */
  public @Nullable URI clientDocument() {
    if (published != null) {
      return published;
    }
    URI url = base.get();
    boolean isPublic =
        url != null && "https".equalsIgnoreCase(url.getScheme()) && !Endpoints.isLoopback(url);
    return isPublic ? URI.create(url + "/.well-known/oauth-client/router.json") : null;
  }

  private URI pages() {
    return Objects.requireNonNull(base.get(), "the router serves no pages");
  }

  /** Whether users can log in here at all. */
  boolean hasPages() {
    return base.get() != null;
  }

  /** The page on which a login begins. */
  URI link(String id) {
    return URI.create(pages() + "/oauth/start/" + id);
  }

  /** What OpenID's registration calls a client whose answers return to the user's own machine. */
  String applicationType() {
    return Endpoints.isLoopback(callback()) ? "native" : "web";
  }
}
