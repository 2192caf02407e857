package io.mcprouter.transport.spi;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server at a URL.
 *
 * @param uri address with scheme, host, port, path and query
 * @param headers headers for every request (on a websocket: for the handshake)
 * @param proxy {@code http://} or {@code socks5://} proxy, or null for none
 * @param digest see {@link ConnectionTarget#digest()}
 * @param isPersonal see {@link ConnectionTarget#isPersonal()}
 * @param authorization the caller's right to use the server, or null where headers say it all
 * @param expires see {@link ConnectionTarget#expires()}
 */
public record RemoteTarget(
    URI uri,
    Map<String, String> headers,
    @Nullable URI proxy,
    String digest,
    boolean isPersonal,
    @Nullable Authorization authorization,
    Instant expires)
    implements ConnectionTarget {
  public RemoteTarget {
    headers = Map.copyOf(headers);
  }

  /** A server that asks for nothing but the headers. */
  public RemoteTarget(
      URI uri,
      Map<String, String> headers,
      @Nullable URI proxy,
      String digest,
      boolean isPersonal) {
    this(uri, headers, proxy, digest, isPersonal, null, Instant.MAX);
  }

  /** The same server with a right to use it; a right is one user's. */
  public RemoteTarget with(Authorization right) {
    return new RemoteTarget(uri, headers, proxy, digest, true, right, expires);
  }

  /**
   * The host, an IPv6 address in brackets. It is read from the authority, since {@link
   * URI#getHost()} knows no underscore, which names of containers have.
   */
  public String host() {
    String authority = authority();
    int colon = portColon(authority);
    return colon < 0 ? authority : authority.substring(0, colon);
  }

  /** The port, also where the address leaves it out. */
  public int port() {
    String authority = authority();
    int colon = portColon(authority);
    if (colon < 0 || colon == authority.length() - 1) {
      return isSecure() ? 443 : 80;
    }
    try {
      return Integer.parseInt(authority.substring(colon + 1));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("the address has no port number behind its colon", e);
    }
  }

  private String authority() {
    String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    return authority.substring(authority.lastIndexOf('@') + 1);
  }

  private static int portColon(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? colon : -1;
  }

  /** Host and port, for messages. */
  public String hostAndPort() {
    return host() + ":" + port();
  }

  /** What the header {@code Host} says: the port only where it is not the scheme's own. */
  public String hostHeader() {
    return port() == (isSecure() ? 443 : 80) ? host() : hostAndPort();
  }

  public boolean isSecure() {
    return "https".equalsIgnoreCase(uri.getScheme()) || "wss".equalsIgnoreCase(uri.getScheme());
  }

  /** Path and query as they stand in a request line. */
  public String requestUri() {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  /** Names the host alone: paths, queries and headers may be secrets. */
  @Override
  public String toString() {
    return "RemoteTarget[" + host() + "]";
  }
}
