package io.mcprouter.transport.spi;

import io.mcprouter.protocol.IpLiteral;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection shall go, in the one spelling by which it is judged.
 *
 * @param scheme in lower case
 * @param host in lower case, an IPv6 address without brackets, a name without a dot at its end
 * @param port the port, also where the address leaves it out
 */
public record Destination(String scheme, String host, int port) {
  public Destination {
    scheme = scheme.toLowerCase(Locale.ROOT);
    host = bare(host.toLowerCase(Locale.ROOT));
  }

  /** Where a target is. */
  public static Destination of(RemoteTarget target) {
    String scheme = target.uri().getScheme();
    return new Destination(scheme == null ? "" : scheme, target.host(), target.port());
  }

  /**
   * Where a URL leads.
   *
   * @throws IllegalArgumentException if it names no host
   */
  public static Destination of(URI url) {
    if (url.getScheme() == null || url.getHost() == null) {
      throw new IllegalArgumentException("the URL names no scheme and host");
    }
    int standard = url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    return new Destination(
        url.getScheme(), url.getHost(), url.getPort() < 0 ? standard : url.getPort());
  }

  private static String bare(String host) {
    if (host.startsWith("[") && host.endsWith("]")) {
      return host.substring(1, host.length() - 1);
    }
    // a number with a dot behind it stays what it is: an odd spelling
    boolean isName = host.endsWith(".") && !IpLiteral.isOddlySpelled(host);
    return isName ? host.substring(0, host.length() - 1) : host;
  }

  /** The address that the host is, null where it is a name. */
  @Nullable InetAddress literal() {
    return IpLiteral.of(host);
  }

  /** Whether the host is this machine by its usual names. */
  public boolean isThisMachine() {
    InetAddress address = literal();
    return address == null ? host.equals("localhost") : address.isLoopbackAddress();
  }

  /** Host and port, as {@code allowedAddresses} names them. */
  public String hostAndPort() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
