package io.mcprouter.identity;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which names the router goes by, and which web pages may call it: a page under a foreign name must
 * not reach it by the user's browser (DNS rebinding, forged requests; MCP transports, security
 * warning).
 */
public final class OwnOrigins {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final @Nullable String publicHost;
  private final @Nullable String publicOrigin;
  private final Set<String> allowed;

  /**
   * @param publicUrl where clients find the router behind a proxy, or null
   * @param allowed further origins of web pages that may call, letter for letter
   */
  public OwnOrigins(@Nullable URI publicUrl, Set<String> allowed) {
    this.publicHost = publicUrl == null ? null : publicUrl.getAuthority();
    this.publicOrigin =
        publicUrl == null ? null : publicUrl.getScheme() + "://" + publicUrl.getAuthority();
    this.allowed = Set.copyOf(allowed);
  }

  /** Whether a request's {@code Host} is a name of the router. */
  public boolean isOwnHost(@Nullable String host) {
    return host != null && (isLoopback(host) || host.equalsIgnoreCase(publicHost));
  }

  /** Whether a host, with or without a port, is this machine by its name alone. */
  public static boolean isLoopback(String authority) {
    int port = authority.lastIndexOf(':');
    String name = port > authority.lastIndexOf(']') ? authority.substring(0, port) : authority;
    return LOOPBACK.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether a page of that {@code Origin} may call the router under the given host. */
  public boolean isAllowed(String origin, @Nullable String host) {
    if (origin.equalsIgnoreCase(publicOrigin) || allowed.contains(origin)) {
      return true;
    }
    int authority = origin.indexOf("://");
    return authority > 0 && origin.substring(authority + 3).equalsIgnoreCase(host);
  }
}
